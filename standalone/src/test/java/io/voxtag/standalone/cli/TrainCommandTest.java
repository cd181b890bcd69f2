package io.voxtag.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

class TrainCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeTwoVoices() throws IOException {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      float[] audio = new float[8000];
      for (int t = 0; t < audio.length; t++) {
        double phase = 2 * Math.PI * (i % 2 == 0 ? 120 : 230) * t / 16000.0;
        audio[t] = (float) (0.2 * Math.sin(phase) + 0.1 * Math.sin((3 + i / 2) * phase));
      }
      Files.write(
          folder.resolve(i + ".wav"),
          WavWriter.encode(new Recording(new float[][] {audio}, 16000), WavWriter.Coding.PCM_16));
      list.append(i).append(".wav\tspeaker").append(i % 2).append('\n');
    }
    Files.writeString(folder.resolve("test.txt"), list);
    Files.writeString(folder.resolve("train.txt"), list + "missing.wav\tspeaker0\n");
    Files.writeString(
        folder.resolve("config.yml"),
        """
        use_model: EcapaTdnn
        dataset_conf: {train_list: train.txt, test_list: test.txt, batch_size: 4, chunk_duration: 0.4, min_duration: 0.2}
        preprocess_conf: {feature_method: Fbank, method_args: {num_mel_bins: 24}}
        model_conf: {channels: [16, 16, 16, 16, 48], embd_dim: 16, attention_channels: 8, se_channels: 8}
        train_conf: {max_epoch: 2, log_interval: 1, num_workers: 1}
        """);
  }

  @Test
  void trainsWithTheErrorRateOfEachEpochAndGoesOnWhereItStopped() throws IOException {
    assertThat(train("--stop-at", "3")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("epoch 1  EER").contains("missing.wav");
    assertThat(err.toString())
        .contains("step 3 of 4")
        .contains("samples a second")
        .contains("waiting for data");

    Path bundle = folder.resolve("bundle");
    assertThat(train("--bundle", bundle.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("going on from step 3").contains("epoch 2  EER");
    assertThat(bundle.resolve("model.json")).exists();

    Path run = folder.resolve("run");
    assertThat(run.resolve("best_model/checkpoint.safetensors")).exists();
    BufferedImage picture = ImageIO.read(run.resolve("curves.png").toFile());
    // Six charts in two columns.
    assertThat(picture.getHeight()).isEqualTo(3 * 420);
    List<String> curves = Files.readAllLines(run.resolve("curves.tsv"));
    assertThat(curves.stream().filter(line -> line.contains("Train/Loss"))).hasSize(4);
    assertThat(curves.stream().filter(line -> line.contains("Test/eer"))).hasSize(2);
    try (Stream<Path> events = Files.list(run.resolve("log"))) {
      assertThat(events).hasSize(2);
    }
  }

  @Test
  void trainsOnFeaturesThatWereExtractedBefore() throws IOException {
    Path config = folder.resolve("config.yml");
    String[] extraction = {
      "data",
      "features",
      "--config",
      config.toString(),
      "--data",
      folder.toString(),
      "--output",
      folder.resolve("features").toString(),
      "--json"
    };
    assertThat(run(extraction)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("\"recordings\":8").contains("\"leftOut\":1");
    assertThat(err.toString()).contains("missing.wav: no such file");

    String recordings = Files.readString(config);
    Files.writeString(
        config,
        recordings
            .replace("_list: train.txt", "_list: features/train_features.txt")
            .replace("_list: test.txt", "_list: features/test_features.txt"));
    for (int i = 0; i < 8; i++) {
      Files.delete(folder.resolve(i + ".wav"));
    }
    assertThat(train()).as(err.toString()).isZero();
    assertThat(out.toString()).contains("epoch 2  EER");

    Path changes = Files.writeString(folder.resolve("changes.yml"), "noise: {prob: 1}\n");
    assertThat(train("--augmentation", changes.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("augment_conf.noise changes audio");

    Files.writeString(config, recordings.replace("num_mel_bins: 24", "num_mel_bins: 30"));
    assertThat(run(extraction)).isEqualTo(1);
    assertThat(err.toString()).contains("holds features of other settings");
  }

  @Test
  void aConfigurationThatDoesNotFitTheListIsRefusedWithTheKey() throws IOException {
    Path config = folder.resolve("config.yml");
    Files.writeString(
        config,
        Files.readString(config).replace("batch_size: 4", "batch_size: 4, num_speakers: 7"));
    assertThat(train()).isEqualTo(1);
    assertThat(err.toString())
        .contains("dataset_conf.num_speakers is 7")
        .contains("names 2 speakers");
  }

  @Test
  void changesToTheAudioMayBeAFileOfTheirOwn() throws IOException {
    Path changes = Files.writeString(folder.resolve("changes.yml"), "noise: {prob: 2}\n");
    assertThat(train("--augmentation", changes.toString())).isEqualTo(1);
    assertThat(err.toString()).contains(changes.toString()).contains("noise.prob is 2");
  }

  @Test
  void aDeviceThatIsNoneIsAWrongCommandLine() {
    assertThat(train("--devices", "cpu,toaster")).isEqualTo(2);
    assertThat(err.toString()).contains("'toaster'");
  }

  private int train(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--data", folder.toString()));
    arguments.addAll(List.of("--config", folder.resolve("config.yml").toString()));
    arguments.addAll(List.of("--run", folder.resolve("run").toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return CommandLines.create(new PrintWriter(out, true), new PrintWriter(err, true), Ansi.OFF)
        .execute(arguments);
  }
}
