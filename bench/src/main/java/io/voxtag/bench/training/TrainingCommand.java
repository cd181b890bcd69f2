package io.voxtag.bench.training;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.bench.measure.Scratch;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints training samples and features a second beside those of PyTorch for Python. */
@Command(
    name = "training",
    mixinStandardHelpOptions = true,
    description =
        "Training samples a second and features a second of ECAPA-TDNN, beside the same network and"
            + " features in PyTorch for Python on the same cores.")
public final class TrainingCommand implements Callable<Integer> {
  @Option(
      names = "--python",
      defaultValue = "python3",
      description = "Interpreter that can import torch (default: ${DEFAULT-VALUE}).")
  private String python;

  @Option(
      names = "--install",
      description =
          "Install PyTorch into a throw-away environment of the interpreter first: a download of"
              + " gigabytes, from the index that its pip is set to.")
  private boolean install;

  @Option(
      names = "--channels",
      split = ",",
      defaultValue = "512,192",
      description = "Widths of the network (default: ${DEFAULT-VALUE}).")
  private List<Integer> channels;

  @Option(
      names = "--batch",
      defaultValue = "32",
      description = "Crops in a batch (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--crop",
      defaultValue = "3",
      description = "Length of a crop in seconds (default: ${DEFAULT-VALUE}).")
  private double crop;

  @Option(
      names = "--threads",
      description = "Threads that the operators share (default: one a core).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Turns of each side (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--steps",
      defaultValue = "5",
      description = "Batches in a turn of training (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "Length of a turn of feature extraction (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    try (Scratch scratch = new Scratch()) {
      String interpreter = interpreter(scratch, progress);
      Optional<String> missing = PythonEnvironment.whyNot(interpreter);
      if (missing.isPresent()) {
        progress.printf(
            "skipped: %s cannot import torch (%s); name one that can with --python, or let"
                + " --install make one%n",
            interpreter, missing.get());
        return 0;
      }
      TrainingBench bench =
          new TrainingBench(rounds, steps, Duration.ofNanos((long) (seconds * 1e9)));
      List<Line> lines = new ArrayList<>();
      for (int width : channels) {
        Subject subject = new Subject(width, batch, crop, threads);
        progress.printf("measuring %s with %d threads%n", subject.name(), threads);
        List<Line> measured = bench.measure(subject, interpreter, scratch.folder(subject.name()));
        if (!json) {
          print(out, measured, lines.isEmpty());
        }
        lines.addAll(measured);
      }
      if (json) {
        out.println(json(lines));
      }
      return 0;
    }
  }

  private String interpreter(Scratch scratch, PrintWriter progress)
      throws IOException, InterruptedException {
    if (!install) {
      return python;
    }
    String version = Engine.getInstance().getVersion();
    progress.println("installing PyTorch " + version + " for Python");
    return PythonEnvironment.make(python, scratch.path("python"), version);
  }

  private static void print(PrintWriter out, List<Line> lines, boolean first) {
    if (first) {
      out.printf(
          Locale.ROOT,
          "%-10s %7s %5s  %-9s %10s %17s %10s %17s %7s %7s  %-14s %s%n",
          "network",
          "threads",
          "batch",
          "work",
          "voxtag/s",
          "(slowest-fastest)",
          "python/s",
          "(slowest-fastest)",
          "ratio",
          "of CPU",
          "voxtag memory",
          "python memory");
    }
    for (Line line : lines) {
      out.printf(
          Locale.ROOT,
          "%-10s %7d %5d  %-9s %10.2f %17s %10.2f %17s %6.2fx %7s  %-14s %s%n",
          line.subject().name(),
          line.subject().threads(),
          line.subject().batch(),
          line.work(),
          line.voxtag().median(),
          line.voxtag().range(),
          line.python().median(),
          line.python().range(),
          line.voxtag().ratioTo(line.python()),
          Double.isNaN(line.processorRatio()) ? "" : "%.2fx".formatted(line.processorRatio()),
          line.voxtagMemory(),
          line.pythonMemory());
    }
    out.flush();
  }

  private static String json(List<Line> lines) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode document = mapper.createObjectNode();
    document.put("cores", Runtime.getRuntime().availableProcessors());
    ArrayNode array = document.putArray("training");
    for (Line line : lines) {
      ObjectNode node = array.addObject();
      node.put("network", line.subject().name());
      node.put("threads", line.subject().threads());
      node.put("batch", line.subject().batch());
      node.put("work", line.work());
      node.put("voxtagPerSecond", line.voxtag().median());
      node.put("pythonPerSecond", line.python().median());
      node.put("ratioToPython", line.voxtag().ratioTo(line.python()));
      if (!Double.isNaN(line.processorRatio())) {
        node.put("processorRatioToPython", line.processorRatio());
      }
      put(node, "voxtag", line.voxtagMemory());
      put(node, "python", line.pythonMemory());
    }
    return mapper.writeValueAsString(document);
  }

  private static void put(ObjectNode node, String side, Line.Growth growth) {
    growth.first().ifPresent(bytes -> node.put(side + "BytesAtFirst", bytes));
    growth.last().ifPresent(bytes -> node.put(side + "BytesAtLast", bytes));
  }
}
