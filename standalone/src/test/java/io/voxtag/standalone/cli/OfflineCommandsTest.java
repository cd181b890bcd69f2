package io.voxtag.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** The commands that need a model and no service, on the sample voices. */
class OfflineCommandsTest {

  private static final Path VOICES = Path.of("..", "samples", "enrolment");
  private static final Path MODEL = Path.of("..", "models", "starter");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void verifySaysYesToOneVoiceAndNoToTwo() throws IOException {
    assertThat(run("verify", voice("alma", 1), voice("alma", 2), "--json")).isZero();
    JsonNode same = lastLine();
    assertThat(same.get("same").asBoolean()).isTrue();
    assertThat(same.get("score").asDouble()).isGreaterThan(same.get("threshold").asDouble());

    assertThat(run("verify", voice("alma", 1), voice("farid", 2), "--json")).isEqualTo(1);
    assertThat(lastLine().get("same").asBoolean()).isFalse();
  }

  @Test
  void identifyFindsAVoiceInALibraryAndNobodyWhereItIsNot() throws IOException {
    Path library = folder.resolve("library");
    for (String speaker : List.of("alma", "farid", "dexter")) {
      Path recordings = Files.createDirectories(library.resolve(speaker));
      Files.copy(Path.of(voice(speaker, 1)), recordings.resolve("1.opus"));
    }

    assertThat(run("identify", voice("farid", 2), "--library", library.toString(), "--json"))
        .isZero();
    assertThat(lastLine().get("speakerId").asText()).isEqualTo("farid");

    assertThat(run("identify", voice("gita", 2), "--library", library.toString(), "--json"))
        .isEqualTo(1);
    JsonNode stranger = lastLine();
    assertThat(stranger.get("speakerId").isNull()).isTrue();
    assertThat(stranger.get("candidates")).hasSize(3);
  }

  @Test
  void evalEndsWithItsResultAsALineOfJson() throws IOException {
    Path trials = folder.resolve("trials.txt");
    Files.write(
        trials,
        List.of(
            "1 alma/1.opus alma/2.opus",
            "1 farid/1.opus farid/2.opus",
            "0 alma/1.opus farid/1.opus",
            "0 farid/2.opus edith/1.opus",
            "0 alma/2.opus dexter/1.opus"));

    assertThat(run("eval", "--trials", trials.toString(), "--root", VOICES.toString(), "--json"))
        .isZero();

    JsonNode result = lastLine();
    assertThat(result.fieldNames())
        .toIterable()
        .containsExactly("eer", "threshold", "minDcf", "targets", "nonTargets");
    assertThat(result.get("eer").asDouble()).isZero();
    assertThat(result.get("targets").asInt()).isEqualTo(2);
    assertThat(result.get("nonTargets").asInt()).isEqualTo(3);
  }

  @Test
  void aGalleryThatTheListIsTooSmallForIsRefused() throws IOException {
    Path list = list();

    assertThat(
            run(
                "eval",
                "--list",
                list.toString(),
                "--root",
                VOICES.toString(),
                "--open-set",
                "--gallery",
                "2,3"))
        .isEqualTo(2);

    assertThat(err.toString()).contains("--gallery is 3 but must be from 1 to 2");
  }

  @Test
  void aGalleryThatTooFewSpeakLongEnoughForIsLeftOut() throws IOException {
    Path report = folder.resolve("report.json");

    assertThat(
            run(
                "eval",
                "--list",
                list().toString(),
                "--root",
                VOICES.toString(),
                "--open-set",
                "--gallery",
                "2",
                "--durations",
                "1,600",
                "--report",
                report.toString()))
        .as(err.toString())
        .isZero();

    JsonNode durations = new ObjectMapper().readTree(report.toFile()).get("durations");
    assertThat(durations.get(0).get("openSet").get("galleries")).isNotEmpty();
    assertThat(durations.get(1).has("openSet")).isFalse();
  }

  private Path list() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String speaker : List.of("alma", "farid", "edith", "dexter")) {
      for (int i = 1; i <= 2; i++) {
        lines.add("%s/%d.opus\t%s".formatted(speaker, i, speaker));
      }
    }
    return Files.write(folder.resolve("list.tsv"), lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alma/missing.opus", "broken.wav"})
  void aTrialWhoseAudioCannotBeReadIsNamed(String recording) throws IOException {
    Files.writeString(folder.resolve("broken.wav"), "RIFF");
    Path trials = folder.resolve("trials.txt");
    String voice = Path.of(voice("alma", 1)).toAbsolutePath().toString();
    Files.writeString(trials, "1 " + voice + " " + voice + "\n0 " + voice + " " + recording + "\n");

    int exitCode = run("eval", "--trials", trials.toString(), "--root", folder.toString());

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains(recording).contains("line 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up --port 0", "demo --samples ../samples", "verify a.wav b.wav"})
  void aDamagedModelIsRefusedBeforeAnythingStarts(String line) throws IOException {
    Path damaged = Files.createDirectories(folder.resolve("damaged"));
    Files.copy(MODEL.resolve("model.json"), damaged.resolve("model.json"));
    byte[] weights = Files.readAllBytes(MODEL.resolve("weights.safetensors"));
    weights[weights.length / 2] ^= 1;
    Files.write(damaged.resolve("weights.safetensors"), weights);

    int exitCode = run((line + " --model " + damaged).split(" "));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains(damaged.toString()).contains("weights.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up --port 0", "demo --samples ../samples", "verify a.wav b.wav"})
  void aDeviceThatIsNoneIsAWrongCommandLine(String line) {
    assertThat(run((line + " --device toaster").split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains("'toaster'").contains("auto, cpu, gpu");
  }

  private static String voice(String speaker, int number) {
    return VOICES.resolve(speaker).resolve(number + ".opus").toString();
  }

  private JsonNode lastLine() throws IOException {
    List<String> lines = out.toString().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  private int run(String... args) {
    String home = System.getProperty("voxtag.home");
    System.setProperty("voxtag.home", Path.of("..").toAbsolutePath().normalize().toString());
    try {
      return CommandLines.create(new PrintWriter(out, true), new PrintWriter(err, true), Ansi.OFF)
          .execute(args);
    } finally {
      if (home == null) {
        System.clearProperty("voxtag.home");
      } else {
        System.setProperty("voxtag.home", home);
      }
    }
  }
}
