package io.voxtag.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does with a Voxtag that stays up, command by command. */
class UpIT {

  private static final Path SAMPLES = Path.of("..", "samples");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @BeforeAll
  static void needsAModel() {
    StarterModel.required();
  }

  @Test
  void speakersAreEnrolledTaggedKeptOverARestartAndForgotten()
      throws IOException, InterruptedException {
    try (Voxtag up = up()) {
      run("enroll", "alma", sample("alma", 1), sample("alma", 2)).exitsWith(0);
      run("enroll", "bruno", sample("bruno", 1), sample("bruno", 2)).exitsWith(0);
      assertThat(speakers()).containsExactly("alma", "bruno");

      run("stream", SAMPLES.resolve("calls/desk-order.wav").toString(), "--speed", "max")
          .exitsWith(0);
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> {
                assertThat(namesOnLeg(1)).contains("alma").doesNotContain("bruno");
                assertThat(namesOnLeg(0)).contains("bruno").doesNotContain("alma");
              });

      Voxtag.Result second = run("up", "--port", "0", "--kafka-port", "0").exitsWith(3);
      assertThat(second.err()).contains(folder.toString()).contains("in use by process");

      up.interrupt();
    }
    try (Voxtag up = up()) {
      assertThat(speakers()).containsExactly("alma", "bruno");

      run("forget", "alma").exitsWith(0);
      assertThat(speakers()).containsExactly("bruno");

      Voxtag.Result unknown = run("forget", "alma").exitsWith(1);
      assertThat(unknown.err()).contains("nobody is enrolled as 'alma'").contains("bruno");

      up.interrupt();
    }
  }

  private Voxtag up() throws IOException {
    return Voxtag.start(folder, "up", "--data", data(), "--port", "0", "--kafka-port", "0")
        .awaitOutput("Voxtag is up");
  }

  private Voxtag.Result run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of("--data", data()));
    return Voxtag.run(folder, command.toArray(String[]::new));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static String sample(String speaker, int number) {
    return SAMPLES.resolve("enrolment").resolve(speaker).resolve(number + ".opus").toString();
  }

  private List<String> speakers() throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    for (String line : run("speakers", "--json").exitsWith(0).lines()) {
      names.add(JSON.readTree(line).get("speakerId").asText());
    }
    return names;
  }

  private List<String> namesOnLeg(int channel) throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    for (String line :
        run("tags", "--json", "--from-beginning", "--no-follow").exitsWith(0).lines()) {
      JsonNode tag = JSON.readTree(line);
      if (tag.get("channel").asInt() == channel && tag.get("state").asText().equals("IDENTIFIED")) {
        names.add(tag.get("speakerId").asText());
      }
    }
    return names;
  }
}
