package io.voxtag.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import io.voxtag.scoring.diarization.Rttm;
import io.voxtag.scoring.diarization.Segment;
import io.voxtag.standalone.demo.Truth;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** {@code voxtag diarize} on a sample call whose legs are channels of one file. */
class DiarizeCommandTest {

  private static final Path SAMPLES = Path.of("..", "samples");
  private static final String CALL = SAMPLES.resolve("calls/desk-order.wav").toString();
  private static final String MODEL = Path.of("..", "models", "starter").toString();

  @TempDir private Path folder;

  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void clear() {
    out = new StringWriter();
    err = new StringWriter();
  }

  @Test
  void bothSpeakersOfACallAreFoundNamedAndWritten() throws IOException {
    // given
    Path library = folder.resolve("library");
    for (String speaker : List.of("alma", "bruno", "farid")) {
      Path recordings = Files.createDirectories(library.resolve(speaker));
      Files.copy(SAMPLES.resolve("enrolment/" + speaker + "/1.opus"), recordings.resolve("1.opus"));
    }
    Path reference = reference();
    Path rttm = folder.resolve("found.rttm");
    Path picture = folder.resolve("found.png");

    // when
    int exitCode =
        run(
            CALL,
            "--library",
            library.toString(),
            "--rttm",
            rttm.toString(),
            "--picture",
            picture.toString(),
            "--reference",
            reference.toString(),
            "--json");

    // then
    assertThat(exitCode).as(err.toString()).isZero();
    JsonNode result = new ObjectMapper().readTree(out.toString());
    JsonNode channel = result.get("channels").get(0);
    assertThat(channel.get("channel").isNull()).isTrue();
    assertThat(channel.get("speakers").findValuesAsText("name"))
        .containsExactlyInAnyOrder("alma", "bruno");
    assertThat(channel.get("turns")).hasSizeBetween(5, 20);
    assertThat(result.get("errors").get("der").asDouble()).isLessThan(0.1);
    List<Rttm.Entry> written = Rttm.parse("found", Files.readAllLines(rttm));
    assertThat(written).hasSize(channel.get("turns").size());
    assertThat(written.get(0).recording()).isEqualTo("desk-order");
    assertThat(ImageIO.read(picture.toFile()).getWidth()).isGreaterThan(1_000);
  }

  @Test
  void channelsTakenByThemselvesHaveASpeakerEach() throws IOException {
    assertThat(run(CALL, "--per-channel", "--json")).as(err.toString()).isZero();

    JsonNode channels = new ObjectMapper().readTree(out.toString()).get("channels");
    assertThat(channels).hasSize(2);
    assertThat(channels.get(0).get("speakers").findValuesAsText("name"))
        .containsExactly("speaker-1");
    assertThat(channels.get(1).get("speakers").findValuesAsText("name"))
        .containsExactly("speaker-2");
    assertThat(channels.get(1).get("channel").asInt()).isEqualTo(1);
  }

  @Test
  void theNumberOfSpeakersCanBeGivenAndTheTableShowsTheirTurns() {
    assertThat(run(CALL, "--speakers", "1")).isZero();

    assertThat(out.toString()).contains("how sure").contains("speaker-1: 0:").contains("1.00");
    assertThat(out.toString()).doesNotContain("speaker-2");
  }

  @Test
  void silenceIsNobody() throws IOException {
    Path silence = wav("silence.wav", new float[16_000 * 5]);

    assertThat(run(silence.toString())).isEqualTo(1);

    assertThat(out.toString()).contains("nobody speaks");
  }

  @Test
  void tooLittleSpeechForTheSpeakersThatWereAskedForIsNamed() throws IOException {
    float[] voice = AudioFiles.read(Path.of(CALL)).channel(1).resampled(16_000).samples();
    Path word = wav("word.wav", Arrays.copyOfRange(voice, 16_000, 32_000));

    assertThat(run(word.toString(), "--speakers", "20")).isEqualTo(1);

    assertThat(err.toString()).contains("word.wav: 20 speakers were asked for");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--speakers 2 --max-speakers 3",
        "--min-speakers 3 --max-speakers 2",
        "--speakers 0",
        "--speakers 51"
      })
  void impossibleNumbersOfSpeakersAreAWrongCommandLine(String options) {
    String[] words = (CALL + " " + options).split(" ");

    assertThat(run(words)).isEqualTo(2);
    assertThat(err.toString()).contains("speakers");
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.rttm"), "SPEAKER a 1 x 1 - - ann\n");

    assertThat(run(folder.resolve("missing.wav").toString())).isEqualTo(1);
    assertThat(run(broken.toString())).isEqualTo(1);
    assertThat(run(CALL, "--reference", broken.toString())).isEqualTo(1);

    assertThat(err.toString())
        .contains("missing.wav: no such file")
        .contains("broken.rttm: not audio of a known format")
        .contains("broken.rttm, line 1: 'x' is no time in seconds");
  }

  private Path reference() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Truth.Stretch stretch : Truth.read(SAMPLES.resolve("calls/truth.tsv")).stretches()) {
      Segment segment = new Segment(stretch.startMs(), stretch.endMs(), stretch.speaker());
      lines.add(Rttm.line(new Rttm.Entry(stretch.call(), stretch.channel() + 1, segment)));
    }
    return Files.write(folder.resolve("truth.rttm"), lines);
  }

  private Path wav(String name, float[] samples) throws IOException {
    Path file = folder.resolve(name);
    WavWriter.write(file, new Recording(new float[][] {samples}, 16_000), WavWriter.Coding.PCM_16);
    return file;
  }

  private int run(String... options) {
    List<String> words = new ArrayList<>(List.of("diarize", "--model", MODEL, "--data"));
    words.add(folder.resolve("no-data").toString());
    words.addAll(List.of(options));
    return CommandLines.create(new PrintWriter(out, true), new PrintWriter(err, true), Ansi.OFF)
        .execute(words.toArray(String[]::new));
  }
}
