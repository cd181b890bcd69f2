package io.voxtag.bench.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The same work in PyTorch for Python, in a child process. Belongs to one thread. */
final class PythonPeer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCRIPT = Path.of("bench", "src", "main", "python", "peer.py");
  private static final long FAREWELL_SECONDS = 10;

  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;
  private final Path folder;
  private final String version;

  /**
   * Starts it.
   *
   * @param python interpreter that can import torch
   * @param folder for the waveforms that it gets
   */
  PythonPeer(String python, Subject subject, Path folder) throws IOException {
    this.folder = folder;
    process =
        new ProcessBuilder(python, SCRIPT.toAbsolutePath().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    requests = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    ObjectNode setup = JSON.createObjectNode();
    setup.put("threads", subject.threads());
    setup.put("batch", subject.batch());
    setup.put("samples", subject.samples());
    setup.put("clip_samples", subject.clipSamples());
    setup.put("channels", subject.channels());
    setup.put("embedding", Subject.EMBEDDING);
    setup.put("speakers", Subject.SPEAKERS);
    setup.put("bins", Subject.BINS);
    version = ask(setup).path("torch").asText();
  }

  /** Its version of PyTorch. */
  String version() {
    return version;
  }

  /** Crops a second over some steps, from recordings to moved weights. */
  Turn train(int steps) {
    JsonNode answer = ask(request("train").put("steps", steps));
    return new Turn(
        answer.path("per_second").asDouble(), answer.path("processor_millis").asDouble());
  }

  /** Features of waveforms, one after the other. */
  float[] extract(List<float[]> waves) {
    return values(ask(withWaves(request("extract"), waves)));
  }

  /** The last waveforms again, without the answer. */
  void extractAgain() {
    ask(request("extract_again"));
  }

  /** Unit embeddings of waveforms, one after the other, by the weights of a file. */
  float[] embed(Path weights, List<float[]> waves) {
    ObjectNode request = request("embed").put("weights", weights.toAbsolutePath().toString());
    return values(ask(withWaves(request, waves)));
  }

  /** Resident bytes; empty where the system does not say. */
  OptionalLong memory() {
    JsonNode resident = ask(request("memory")).path("resident");
    return resident.isNumber() ? OptionalLong.of(resident.asLong()) : OptionalLong.empty();
  }

  private static ObjectNode request(String what) {
    return JSON.createObjectNode().put("do", what);
  }

  private ObjectNode withWaves(ObjectNode request, List<float[]> waves) {
    int samples = waves.get(0).length;
    ByteBuffer bytes =
        ByteBuffer.allocate(waves.size() * samples * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] wave : waves) {
      for (float sample : wave) {
        bytes.putFloat(sample);
      }
    }
    try {
      Path file = Files.createTempFile(folder, "waves", ".f32");
      Files.write(file, bytes.array());
      return request.put("wave", file.toAbsolutePath().toString()).put("batch", waves.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] values(JsonNode answer) {
    JsonNode array = answer.path("values");
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }

  private JsonNode ask(ObjectNode request) {
    try {
      requests.write(request + "\n");
      requests.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("Python ended on " + request + ": see its message above");
      }
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new UncheckedIOException("Python does not answer to " + request, e);
    }
  }

  @Override
  public void close() throws IOException {
    requests.close();
    try {
      if (!process.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
