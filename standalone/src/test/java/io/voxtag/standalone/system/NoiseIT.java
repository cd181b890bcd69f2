package io.voxtag.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not speech is nobody's voice, though people are enrolled whom it could be taken for. */
class NoiseIT {

  private static final Path SAMPLES = Path.of("..", "samples", "enrolment");
  private static final Path NOISE =
      Path.of(System.getProperty("voxtag.shared", "../../shared"), "data", "noise");
  private static final int RATE = 8_000;
  private static final int SECONDS = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @BeforeAll
  static void needsAModel() {
    StarterModel.required();
  }

  @Test
  void signalsOfTheNetworkSilenceAndNoiseAreNobody() throws IOException, InterruptedException {
    List<String> calls = new ArrayList<>();
    calls.add(made("silence", t -> 0));
    calls.add(made("dial-tone", t -> 0.2 * (sine(350, t) + sine(440, t))));
    calls.add(made("ringing", t -> t % 6 < 2 ? 0.2 * (sine(440, t) + sine(480, t)) : 0));
    calls.add(made("busy", t -> t % 1 < 0.5 ? 0.2 * (sine(480, t) + sine(620, t)) : 0));
    calls.add(made("hold-music", NoiseIT::music));
    if (Files.isDirectory(NOISE)) {
      try (Stream<Path> files = Files.list(NOISE)) {
        files.sorted().map(Path::toString).forEach(calls::add);
      }
    } else {
      System.out.println("no recordings of noise in " + NOISE + ": only made signals are tested");
    }

    String data = folder.resolve("data").toString();
    try (Voxtag up =
        Voxtag.start(folder, "up", "--data", data, "--port", "0", "--kafka-port", "0")
            .awaitOutput("Voxtag is up")) {
      for (String speaker : List.of("alma", "bruno", "callum", "dexter", "farid", "gita")) {
        String recording = SAMPLES.resolve(speaker).resolve("1.opus").toString();
        Voxtag.run(folder, "enroll", speaker, recording, "--data", data).exitsWith(0);
      }
      List<String> words = new ArrayList<>(List.of("stream", "--speed", "max", "--data", data));
      words.addAll(calls);
      Voxtag.run(folder, words.toArray(String[]::new)).exitsWith(0);

      Set<String> over = new TreeSet<>();
      List<String> named = new ArrayList<>();
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () -> {
                readTags(data, over, named);
                assertThat(over).hasSize(calls.size());
              });
      assertThat(named).isEmpty();
      up.interrupt();
    }
  }

  private void readTags(String data, Set<String> over, List<String> named)
      throws IOException, InterruptedException {
    over.clear();
    named.clear();
    for (String line :
        Voxtag.run(folder, "tags", "--json", "--from-beginning", "--no-follow", "--data", data)
            .exitsWith(0)
            .lines()) {
      JsonNode tag = JSON.readTree(line);
      if (tag.get("last").asBoolean()) {
        over.add(tag.get("callId").asText());
      }
      if (tag.get("state").asText().equals("IDENTIFIED")) {
        named.add(line);
      }
    }
  }

  private String made(String name, DoubleUnaryOperator signal) throws IOException {
    float[] samples = new float[SECONDS * RATE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) signal.applyAsDouble((double) i / RATE);
    }
    Path file = folder.resolve(name + ".wav");
    WavWriter.write(file, new Recording(new float[][] {samples}, RATE), WavWriter.Coding.MU_LAW);
    return file.toString();
  }

  private static double sine(double hertz, double seconds) {
    return Math.sin(2 * Math.PI * hertz * seconds);
  }

  /** Plucked chords, three a second, with overtones. */
  private static double music(double seconds) {
    double[] roots = {261.6, 220, 174.6, 196};
    double root = roots[(int) (seconds / 2) % roots.length];
    double since = seconds % (1 / 3.0);
    double sum = 0;
    for (double step : new double[] {1, 1.26, 1.5}) {
      for (int overtone = 1; overtone <= 4; overtone++) {
        sum += sine(root * step * overtone, seconds) / (overtone * overtone);
      }
    }
    return 0.1 * Math.exp(-3 * since) * sum;
  }
}
