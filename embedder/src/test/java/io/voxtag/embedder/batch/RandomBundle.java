package io.voxtag.embedder.batch;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.voxtag.voiceprint.ModelExport;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.ManifestDraft;
import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.network.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bundle of a small network with random weights. */
public final class RandomBundle {

  private static final int BINS = 40;

  private RandomBundle() {}

  /** Writes it to a folder that does not exist. */
  public static void write(Path folder, int sampleRate) throws IOException {
    write(folder, "random-1", sampleRate);
  }

  private static void write(Path folder, String version, int sampleRate) throws IOException {
    Map<String, Object> arguments = Map.of("embd_dim", 24, "channels", List.of(16, 16, 16, 16, 48));
    Map<String, Object> complete = new HashMap<>(arguments);
    complete.put("input_size", BINS);
    Block network = Architecture.ECAPA_TDNN.create(complete);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      network.initialize(manager, DataType.FLOAT32, new Shape(1, 100, BINS));
      ModelExport.write(
          network,
          new ManifestDraft(
              version,
              new ModelManifest.Architecture("EcapaTdnn", arguments),
              new ModelManifest.Features("Fbank", Map.of("num_mel_bins", BINS)),
              sampleRate,
              24,
              Instant.EPOCH,
              JsonNodeFactory.instance.objectNode().put("threshold", 0.5),
              new ModelManifest.TrainingData("sha256:0", "none", 0, 0),
              Map.of(),
              List.of()),
          folder,
          DType.F16);
    }
  }

  /**
   * Writes it from a process of its own: native libraries of the engine load once a process, and
   * here an application under test is to load them.
   */
  public static void writeElsewhere(Path folder) throws IOException, InterruptedException {
    writeElsewhere(folder.getParent(), Map.of(folder.getFileName().toString(), 16_000), "random-1");
  }

  /** The same with several, each in a folder of its name with that as its version. */
  public static void writeElsewhere(Path parent, Map<String, Integer> ratesByName)
      throws IOException, InterruptedException {
    writeElsewhere(parent, ratesByName, null);
  }

  private static void writeElsewhere(
      Path parent, Map<String, Integer> ratesByName, @Nullable String version)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                RandomBundle.class.getName()));
    ratesByName.forEach(
        (name, rate) ->
            command.addAll(
                List.of(
                    parent.resolve(name).toString(),
                    version == null ? name : version,
                    rate.toString())));
    Path log = parent.resolveSibling(parent.getFileName() + ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException("no bundle was written, see " + log);
    }
  }

  /** Writes bundles: folder, version and sample rate of each. */
  public static void main(String[] args) throws IOException {
    for (int i = 0; i < args.length; i += 3) {
      write(Path.of(args[i]), args[i + 1], Integer.parseInt(args[i + 2]));
    }
  }
}
