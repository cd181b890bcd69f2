package io.voxtag.bench.embedding;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.bench.measure.Race;
import io.voxtag.bench.measure.Scratch;
import io.voxtag.bench.measure.Threads;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints embeddings a second. */
@Command(
    name = "embeddings",
    mixinStandardHelpOptions = true,
    description =
        "Embeddings a second of the starter model and of the full 512-channel network, beside ONNX"
            + " Runtime on the same weights and the machine's matrix-product rate.")
public final class EmbeddingsCommand implements Callable<Integer> {
  /** 300 frames of 25 ms every 10 ms at 16 kHz. */
  private static final int FULL_WINDOW_SAMPLES = 48_240;

  private static final int STARTER_WINDOW_SECONDS = 3;

  @Option(
      names = "--starter",
      defaultValue = "models/starter",
      description = "Bundle to measure besides the full network (default: ${DEFAULT-VALUE}).")
  private Path starter;

  @Option(
      names = "--padding",
      defaultValue = "reflect",
      description = "Padding of the full network, reflect or zeros (default: ${DEFAULT-VALUE}).")
  private String padding;

  @Option(
      names = "--batch",
      split = ",",
      defaultValue = "1,8,32",
      description = "Batch sizes (default: ${DEFAULT-VALUE}).")
  private List<Integer> batches;

  @Option(
      names = "--threads",
      split = ",",
      description =
          "WORKERSxTHREADS, for example 1x2,2x1 (default: 1x1, one worker on all cores,"
              + " and a worker a core).")
  private List<String> threads = new ArrayList<>();

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

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    EmbeddingBench bench =
        new EmbeddingBench(new Race(rounds, Duration.ofNanos((long) (seconds * 1e9))));
    List<Line> lines = new ArrayList<>();
    Table table = new Table(out);
    try (Scratch scratch = new Scratch()) {
      for (Subject subject : subjects(scratch, progress)) {
        for (Threads choice : threads()) {
          progress.println("measuring " + subject.name() + " with threads " + choice);
          bench.measure(
              subject,
              choice,
              batches,
              group -> {
                lines.addAll(group);
                // A run that is stopped has then shown what it found.
                if (!json) {
                  table.print(group);
                }
              });
        }
      }
    }
    if (json) {
      out.println(json(lines));
    }
    return 0;
  }

  private List<Subject> subjects(Scratch scratch, PrintWriter progress) throws Exception {
    List<Subject> subjects = new ArrayList<>();
    if (Files.exists(starter)) {
      ModelBundle bundle = ModelBundle.open(starter);
      int samples = STARTER_WINDOW_SECONDS * bundle.manifest().sampleRate();
      subjects.add(Subject.of(bundle.manifest().version(), bundle, samples));
    } else {
      progress.println("no bundle at " + starter + ": measuring the full network only");
    }
    ModelBundle full = RandomModel.write(scratch.path("full"), padding);
    subjects.add(Subject.of("ecapa-512 " + padding, full, FULL_WINDOW_SAMPLES));
    return subjects;
  }

  private List<Threads> threads() {
    if (!threads.isEmpty()) {
      return threads.stream().map(Threads::parse).toList();
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return java.util.stream.Stream.of(
            new Threads(1, 1), new Threads(1, cores), new Threads(cores, 1))
        .distinct()
        .toList();
  }

  private static String json(List<Line> lines) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode document = mapper.createObjectNode();
    document.put("cores", Runtime.getRuntime().availableProcessors());
    ArrayNode array = document.putArray("embeddings");
    for (Line line : lines) {
      ObjectNode node = array.addObject();
      node.put("model", line.model());
      node.put("workers", line.threads().workers());
      node.put("threadsPerWorker", line.threads().perWorker());
      node.put("batch", line.batch());
      node.put("contestant", line.contestant());
      node.put("perSecond", line.windowsPerSecond().median());
      node.put("slowest", line.windowsPerSecond().slowest());
      node.put("fastest", line.windowsPerSecond().fastest());
      if (!Double.isNaN(line.ratioToOnnx())) {
        node.put("ratioToOnnxRuntime", line.ratioToOnnx());
      }
      node.put("gigaflopsPerSecond", line.gigaflops());
      node.put("shareOfMatrixProduct", line.shareOfMatrixProduct());
    }
    return mapper.writeValueAsString(document);
  }

  /** The lines for people. */
  private static final class Table {
    private final PrintWriter out;
    private boolean begun;

    Table(PrintWriter out) {
      this.out = out;
    }

    void print(List<Line> group) {
      if (begun) {
        out.println();
      } else {
        header();
        begun = true;
      }
      for (Line line : group) {
        print(line);
      }
      out.flush();
    }

    private void header() {
      out.printf(
          Locale.ROOT,
          "%-20s %-8s %5s  %-21s %9s %17s %8s %8s %9s%n",
          "model",
          "threads",
          "batch",
          "contestant",
          "a second",
          "(slowest-fastest)",
          "of onnx",
          "GFLOP/s",
          "of matmul");
    }

    private void print(Line line) {
      out.printf(
          Locale.ROOT,
          "%-20s %-8s %5d  %-21s %9.1f %17s %8s %8.1f %8.0f%%%n",
          line.model(),
          line.threads(),
          line.batch(),
          line.contestant(),
          line.windowsPerSecond().median(),
          line.windowsPerSecond().range(),
          Double.isNaN(line.ratioToOnnx()) ? "" : "%.2fx".formatted(line.ratioToOnnx()),
          line.gigaflops(),
          100 * line.shareOfMatrixProduct());
    }
  }
}
