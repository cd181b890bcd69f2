package io.voxtag.bench.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.bench.measure.Contestant;
import io.voxtag.bench.measure.Race;
import io.voxtag.bench.measure.Rates;
import io.voxtag.bench.measure.Scratch;
import io.voxtag.bench.measure.Threads;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.OperatorThreads;
import io.voxtag.voiceprint.SpeakerModel;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints windows a second of a whole Voxtag beside those of its embedder alone. */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    description =
        "Windows a second from call-audio to speaker-tags through a whole Voxtag (Kafka, embedder,"
            + " matcher, Redis in their own processes), beside the bare embedder's on the same"
            + " speech.")
public final class PipelineCommand implements Callable<Integer> {
  private static final int WINDOW_SAMPLES = 3 * Speech.SAMPLE_RATE;
  private static final int HOP_SAMPLES = Speech.SAMPLE_RATE;
  private static final int[] BATCHES = {1, 8, 32};

  @Option(
      names = "--model",
      defaultValue = "models/starter",
      description = "Model bundle (default: ${DEFAULT-VALUE}).")
  private Path model;

  @Option(
      names = "--legs",
      defaultValue = "16",
      description = "Call legs at the same time (default: ${DEFAULT-VALUE}).")
  private int legs;

  @Option(
      names = "--seconds",
      defaultValue = "120",
      description = "Length of each leg (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "How often all legs are streamed (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--json", description = "Print JSON instead of text.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter progress = spec.commandLine().getErr();
    if (!Files.exists(model)) {
      progress.println("no bundle at " + model + ": nothing to measure; give one with --model");
      return 2;
    }
    Path home = Path.of("").toAbsolutePath();
    Speech speech = Speech.of(home.resolve("samples/enrolment"));
    List<float[]> audio = new ArrayList<>();
    for (int leg = 0; leg < legs; leg++) {
      audio.add(speech.stretch(leg, seconds));
    }
    List<Double> whole = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    try (Scratch scratch = new Scratch();
        SpeakerModel embedder = SpeakerModel.load(model, DeviceChoice.AUTO)) {
      progress.println("looking for the bare embedder's best batch and threads");
      Bare best = fastest(embedder, speech);
      progress.println("starting voxtag");
      try (RunningVoxtag voxtag = RunningVoxtag.start(home, scratch.folder("data"), model)) {
        Traffic traffic = new Traffic(voxtag.kafka(), Duration.ofMinutes(2));
        traffic.run(List.of(speech.stretch(0, 10)));
        for (int round = 0; round < rounds; round++) {
          progress.printf("round %d of %d%n", round + 1, rounds);
          whole.add(traffic.run(audio).windowsPerSecond());
          bare.add(best.measure(5));
        }
      }
      report(new Rates(whole), new Rates(bare), best);
    }
    return 0;
  }

  /** The embedder with nothing around it, called in one way. */
  private record Bare(Contestant contestant, Threads threads) {
    double measure(double slice) {
      return new Race(1, Duration.ofNanos((long) (slice * 1e9)))
          .run(
              List.of(contestant),
              threads.workers(),
              () -> OperatorThreads.set(threads.perWorker()))
          .get(contestant)
          .median();
    }
  }

  private static Bare fastest(SpeakerModel model, Speech speech) {
    int cores = Runtime.getRuntime().availableProcessors();
    List<Bare> candidates = new ArrayList<>();
    for (Threads threads : List.of(new Threads(1, cores), new Threads(cores, 1))) {
      for (int batch : BATCHES) {
        List<float[]> windows = windows(speech, batch);
        String name = "batch " + batch + ", threads " + threads;
        candidates.add(new Bare(new Contestant(name, batch, () -> model.embed(windows)), threads));
      }
    }
    return candidates.stream()
        .map(candidate -> java.util.Map.entry(candidate, candidate.measure(3)))
        .max(Comparator.comparingDouble(java.util.Map.Entry::getValue))
        .orElseThrow()
        .getKey();
  }

  private static List<float[]> windows(Speech speech, int count) {
    float[] audio = speech.stretch(0, count + 2);
    List<float[]> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      windows.add(Arrays.copyOfRange(audio, i * HOP_SAMPLES, i * HOP_SAMPLES + WINDOW_SAMPLES));
    }
    return windows;
  }

  private void report(Rates whole, Rates bare, Bare best) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    double ratio = whole.ratioTo(bare);
    if (json) {
      ObjectNode node = new ObjectMapper().createObjectNode();
      node.put("cores", Runtime.getRuntime().availableProcessors());
      node.put("legs", legs);
      node.put("secondsPerLeg", seconds);
      node.put("pipelineWindowsPerSecond", whole.median());
      node.put("bareWindowsPerSecond", bare.median());
      node.put("bareSetting", best.contestant().name());
      node.put("ratio", ratio);
      out.println(node);
      return;
    }
    out.printf(
        "whole pipeline  %8.1f windows/s  (%.1f-%.1f)%n",
        whole.median(), whole.slowest(), whole.fastest());
    out.printf(
        "bare embedder   %8.1f windows/s  (%.1f-%.1f), %s%n",
        bare.median(), bare.slowest(), bare.fastest(), best.contestant().name());
    out.printf("ratio           %8.2f%n", ratio);
  }
}
