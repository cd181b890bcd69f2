package io.voxtag.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

class CommandLinesTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sing",
        "demo --speed",
        "demo --speed -1",
        "enroll ann",
        "label ann",
        "label ann a.wav --recorded-at yesterday",
        "topics",
        "verify one.wav",
        "stream",
        "eval --model m"
      })
  void aWrongCommandLineExitsWithTwoAndSaysSo(String line) {
    int exitCode = run(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).isNotBlank();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void helpListsTheVerbsAndTheExitCodes() {
    int exitCode = run("--help");

    assertThat(exitCode).isZero();
    assertThat(out.toString())
        .contains(
            "demo",
            "up",
            "stream",
            "enroll",
            "label",
            "forget",
            "speakers",
            "tags",
            "verify",
            "identify",
            "eval",
            "topics")
        .contains("Exit codes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up --port 0", "demo --samples ../samples", "verify a.wav b.wav"})
  void aMissingModelIsNamedBeforeAnythingStarts(String line) throws IOException {
    Path missing = folder.resolve("no-such-model");
    String[] words = (line + " --model " + missing).split(" ");

    int exitCode = run(words);

    assertThat(exitCode).isEqualTo(3);
    assertThat(err.toString()).contains("No model bundle at " + missing).contains("--model");
  }

  @Test
  void aTrialListWithAWrongLineIsRefusedByItsNumber() throws IOException {
    Path trials = folder.resolve("trials.txt");
    Files.writeString(trials, "1 a.wav b.wav\nsame a.wav c.wav\n");

    int exitCode = run("eval", "--trials", trials.toString());

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains("trials.txt, line 2").contains("same a.wav c.wav");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    int exitCode = run("enroll", "ann", folder.resolve("missing.wav").toString());

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains("missing.wav: no such file");
  }

  @Test
  void aFileThatIsNoAudioIsNamedWithWhatItShouldBe() throws IOException {
    Path text = folder.resolve("letter.wav");
    Files.writeString(text, "Dear Sir or Madam,");

    int exitCode = run("enroll", "ann", text.toString());

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains("letter.wav").contains("WAV, FLAC, MP3 or Ogg Opus");
  }

  private int run(String... args) {
    return CommandLines.create(new PrintWriter(out, true), new PrintWriter(err, true), Ansi.OFF)
        .execute(args);
  }
}
