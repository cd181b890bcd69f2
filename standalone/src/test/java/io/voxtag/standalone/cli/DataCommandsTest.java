package io.voxtag.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.FlacWriter;
import io.voxtag.audio.OggOpusWriter;
import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import io.voxtag.evaluation.TrialList;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

/** {@code voxtag data} on a folder of generated recordings. */
class DataCommandsTest {

  private static final int RATE = 16_000;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void listsRecordingsOfEveryFormatWithTheirSpeakers() throws IOException {
    speakers("ann", "bob");
    Recording second = tone(1);
    FlacWriter.write(folder.resolve("ann/deep/er.flac"), second);
    OggOpusWriter.write(folder.resolve("bob/call.opus"), second.mono());

    assertThat(run("list", folder.toString())).isZero();

    TrainingList list = TrainingList.read(folder.resolve("train_list.txt"), folder);
    assertThat(list.speakers()).containsExactly("ann", "bob");
    assertThat(list.utterances().stream().map(TrainingList.Utterance::path))
        .containsExactly(
            "ann/0.wav",
            "ann/1.wav",
            "ann/deep/er.flac",
            "bob/0.wav",
            "bob/1.wav",
            "bob/call.opus");
    assertThat(list.utterances()).allMatch(u -> Files.exists(u.file()));
    assertThat(out.toString()).contains("2 speakers, 6 recordings");
  }

  @Test
  void namesWhatItLeavesOut() throws IOException {
    speakers("ann");
    Files.writeString(folder.resolve("ann/broken.wav"), "RIFF");
    WavWriter.write(folder.resolve("ann/short.wav"), tone(0.2), WavWriter.Coding.PCM_16);
    WavWriter.write(folder.resolve("nobody.wav"), tone(1), WavWriter.Coding.PCM_16);
    byte[] whole = WavWriter.encode(tone(1), WavWriter.Coding.PCM_16);
    Files.write(folder.resolve("ann/torn.wav"), java.util.Arrays.copyOf(whole, 20_000));
    Files.writeString(folder.resolve("ann/notes.txt"), "no recording");

    assertThat(run("list", folder.toString(), "--json")).isZero();

    assertThat(err.toString())
        .contains("broken.wav: ")
        .contains("short.wav: 0.20 s is too short, the least is 0.50 s")
        .contains("nobody.wav: lies in no speaker's folder")
        .contains("torn.wav: truncated")
        .doesNotContain("notes.txt");
    JsonNode result = lastLine();
    assertThat(result.get("leftOut").asInt()).isEqualTo(4);
    assertThat(result.get("utterances").asInt()).isEqualTo(2);
    assertThat(result.get("hours").asDouble()).isGreaterThan(0);
  }

  @Test
  void keepsSpeakersForTestsAndDrawsTrialsBetweenThem() throws IOException {
    speakers("ann", "bob", "cid", "dot", "eve");
    Path lists = folder.resolve("lists");
    String[] line = {
      "list",
      folder.toString(),
      "--output",
      lists.resolve("a.txt").toString(),
      "--test-share",
      "0.4",
      "--trials",
      lists.resolve("trials.txt").toString(),
      "--json"
    };

    assertThat(run(line)).isZero();

    List<String> train = TrainingList.read(lists.resolve("a.txt"), lists).speakers();
    List<String> test = TrainingList.read(lists.resolve("test_list.txt"), lists).speakers();
    assertThat(train).hasSize(3).doesNotContainAnyElementsOf(test);
    assertThat(test).hasSize(2);
    TrialList trials = TrialList.read(lists.resolve("trials.txt"));
    assertThat(trials.trials()).hasSize(4);
    assertThat(lastLine().get("trials").asInt()).isEqualTo(4);
    List<String> before = Files.readAllLines(lists.resolve("trials.txt"));
    assertThat(run(line)).isZero();
    assertThat(Files.readAllLines(lists.resolve("trials.txt"))).isEqualTo(before);
  }

  @Test
  void takesSpeakersFromFileNames() throws IOException {
    for (String name : List.of("ann-1", "ann-2", "bob-1", "nobody")) {
      WavWriter.write(folder.resolve(name + ".wav"), tone(1), WavWriter.Coding.PCM_16);
    }

    assertThat(run("list", folder.toString(), "--speaker-separator", "-")).isZero();

    TrainingList list = TrainingList.read(folder.resolve("train_list.txt"), folder);
    assertThat(list.speakers()).containsExactly("ann", "bob");
    assertThat(err.toString()).contains("nobody.wav: has no '-' after a speaker in its name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--test-speakers 2|1|2 test speakers of 2 speakers",
        "--test-share 1|2|--test-share is 1.0",
        "--trials t.txt|2|--trials needs test speakers",
        "--min-seconds 20|1|no usable recording"
      })
  void saysWhatIsWrong(String options, int exitCode, String message) throws IOException {
    speakers("ann", "bob");

    assertThat(run(("list " + folder + " " + options).split(" "))).isEqualTo(exitCode);

    assertThat(err.toString()).contains(message);
  }

  @Test
  void anEmptyFolderIsNamed() {
    assertThat(run("list", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no recordings in " + folder);
  }

  @Test
  void augmentWritesWhatTrainingWouldHear() throws IOException {
    speakers("ann");
    Path config = folder.resolve("telephone.yml");
    Files.writeString(config, "telephone: {prob: 1}\nspeed: {prob: 1, min_speed_rate: 1.1}\n");
    Path changed = folder.resolve("out");
    String[] line = {
      "augment",
      folder.resolve("ann/0.wav").toString(),
      "--config",
      config.toString(),
      "--seed",
      "3",
      "--count",
      "2",
      "--output",
      changed.toString()
    };

    assertThat(run(line)).isZero();

    Recording first = AudioFiles.read(changed.resolve("0-1.wav"));
    assertThat(first.sampleRate()).isEqualTo(RATE);
    assertThat(first.frames()).isBetween(14_540, 14_560);
    byte[] before = Files.readAllBytes(changed.resolve("0-2.wav"));
    assertThat(Files.readAllBytes(changed.resolve("0-1.wav"))).isNotEqualTo(before);
    assertThat(run(line)).isZero();
    assertThat(Files.readAllBytes(changed.resolve("0-2.wav"))).isEqualTo(before);
  }

  @Test
  void aWrongAugmentationFileIsNamedWithItsKey() throws IOException {
    speakers("ann");
    Path config = folder.resolve("wrong.yml");
    Files.writeString(config, "telephone: {prob: 3}\n");
    String file = folder.resolve("ann/0.wav").toString();

    int exitCode =
        run("augment", file, "--config", config.toString(), "--output", folder.toString());

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains("wrong.yml").contains("telephone.prob is 3.0");
  }

  private void speakers(String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(folder.resolve(name).resolve("deep"));
      for (int i = 0; i < 2; i++) {
        WavWriter.write(folder.resolve(name).resolve(i + ".wav"), tone(1), WavWriter.Coding.PCM_16);
      }
    }
  }

  private static Recording tone(double seconds) {
    float[] audio = new float[(int) (seconds * RATE)];
    for (int i = 0; i < audio.length; i++) {
      audio[i] = (float) (0.3 * Math.sin(i * 0.2));
    }
    return new Recording(new float[][] {audio}, RATE);
  }

  private JsonNode lastLine() throws IOException {
    List<String> lines = out.toString().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  private int run(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "data";
    System.arraycopy(args, 0, all, 1, args.length);
    return CommandLines.create(new PrintWriter(out, true), new PrintWriter(err, true), Ansi.OFF)
        .execute(all);
  }
}
