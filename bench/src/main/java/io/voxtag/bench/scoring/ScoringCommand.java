package io.voxtag.bench.scoring;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.voxtag.bench.measure.Contestant;
import io.voxtag.bench.measure.Race;
import io.voxtag.bench.measure.Rates;
import io.voxtag.scoring.UnitVectors;
import io.voxtag.scoring.VectorMatrix;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares many voices with many others. */
@Command(
    name = "scoring",
    mixinStandardHelpOptions = true,
    description =
        "Comparisons of voiceprints a second: one pair at a time on all cores, Voxtag's blocked"
            + " matrix product, and PyTorch's through DJL with its scores copied to Java.")
public final class ScoringCommand implements Callable<Integer> {
  private static final double LARGEST_DIFFERENCE = 1e-5;

  @Option(
      names = "--voices",
      defaultValue = "4096",
      description = "Voices on each side (default: ${DEFAULT-VALUE}).")
  private int voices;

  @Option(
      names = "--dimension",
      defaultValue = "192",
      description = "Values of a voiceprint (default: ${DEFAULT-VALUE}).")
  private int dimension;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Turns of each contestant (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "Length of a turn (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<float[]> enrolled = voices(1);
    List<float[]> tested = voices(2);
    VectorMatrix matrix = VectorMatrix.of(enrolled);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      NDArray a = array(manager, tested);
      NDArray b = array(manager, enrolled);
      requireSameScores(matrix, a, b, tested);
      int pairs = Math.multiplyExact(voices, voices);
      DoubleAdder sink = new DoubleAdder();
      Contestant pairwise =
          new Contestant(
              "one pair at a time",
              pairs,
              () -> sink.add(tested.parallelStream().mapToDouble(t -> sum(t, enrolled)).sum()));
      Contestant blocked =
          new Contestant(
              "voxtag VectorMatrix",
              pairs,
              () -> matrix.compare(tested, (query, cosines) -> sink.add(cosines[query])));
      Contestant tensors =
          new Contestant("PyTorch matMul", pairs, () -> sink.add(product(a, b)[0]));
      Map<Contestant, Rates> rates =
          new Race(rounds, Duration.ofNanos((long) (seconds * 1e9)))
              .run(List.of(pairwise, blocked, tensors), 1, () -> {});
      print(rates, pairwise, blocked, tensors);
    }
    return 0;
  }

  private void print(
      Map<Contestant, Rates> rates, Contestant pairwise, Contestant blocked, Contestant tensors) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%d x %d voices of %d values, %d cores%n",
        voices,
        voices,
        dimension,
        Runtime.getRuntime().availableProcessors());
    out.printf(
        "%-20s %18s %20s %10s %10s%n",
        "contestant", "million a second", "(slowest-fastest)", "of pairs", "of matmul");
    for (Contestant contestant : List.of(pairwise, blocked, tensors)) {
      Rates rate = rates.get(contestant);
      out.printf(
          Locale.ROOT,
          "%-20s %18.2f %20s %9.2fx %9.2fx%n",
          contestant.name(),
          rate.median() / 1e6,
          "(%.1f-%.1f)".formatted(rate.slowest() / 1e6, rate.fastest() / 1e6),
          rate.ratioTo(rates.get(pairwise)),
          rate.ratioTo(rates.get(tensors)));
    }
    out.flush();
  }

  private void requireSameScores(VectorMatrix matrix, NDArray a, NDArray b, List<float[]> tested) {
    float[] expected = product(a, b);
    matrix.compare(
        tested,
        (query, cosines) -> {
          for (int row = 0; row < voices; row++) {
            double difference = Math.abs(cosines[row] - expected[query * voices + row]);
            if (!(difference <= LARGEST_DIFFERENCE)) {
              throw new IllegalStateException(
                  "voices %d and %d: scores differ by %s".formatted(query, row, difference));
            }
          }
        });
  }

  /** [tested, values] by [enrolled, values] transposed, as Java numbers. */
  private static float[] product(NDArray a, NDArray b) {
    try (NDArray transposed = b.transpose();
        NDArray scores = a.matMul(transposed)) {
      return scores.toFloatArray();
    }
  }

  private static double sum(float[] tested, List<float[]> enrolled) {
    double sum = 0;
    for (float[] voice : enrolled) {
      sum += UnitVectors.cosine(tested, voice);
    }
    return sum;
  }

  private NDArray array(NDManager manager, List<float[]> vectors) {
    float[] flat = new float[voices * dimension];
    for (int i = 0; i < voices; i++) {
      System.arraycopy(vectors.get(i), 0, flat, i * dimension, dimension);
    }
    return manager.create(flat, new Shape(voices, dimension));
  }

  private List<float[]> voices(long seed) {
    Random random = new Random(seed);
    return Stream.generate(() -> voice(random)).limit(voices).toList();
  }

  private float[] voice(Random random) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return UnitVectors.mean(List.of(vector)).orElseThrow();
  }
}
