package io.voxtag.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.voiceprint.training.config.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunConfigTest {

  private static final String NETWORK =
      "use_model: EcapaTdnn\npreprocess_conf: {feature_method: Fbank}\n";

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void makeData() throws IOException {
    data = Files.createDirectories(folder.resolve("data"));
    Files.createDirectories(data.resolve("noise"));
    Files.createDirectories(folder.resolve("secret"));
  }

  private TrainingConfig write(String yaml) throws IOException, RunRefusedException {
    return RunConfig.write(
        yaml, null, folder.resolve("train.txt"), null, data, folder.resolve("config.yml"));
  }

  @Test
  void theRecordingsAreThoseOfTheRun() throws Exception {
    TrainingConfig config = write(NETWORK + "dataset_conf: {batch_size: 8, noise_dir: noise}\n");

    assertThat(config.datasetConf().trainList()).isEqualTo(folder.resolve("train.txt").toString());
    assertThat(config.datasetConf().batchSize()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({"train_list", "test_list", "sampler_weights"})
  void othersMustNotBeNamed(String key) {
    assertThatThrownBy(() -> write(NETWORK + "dataset_conf: {" + key + ": other.txt}\n"))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("dataset_conf." + key);
  }

  @ParameterizedTest
  @CsvSource({"../secret", "/etc", "noise/../../secret", "missing"})
  void filesOutsideOfTheDataFolderAreRefused(String path) {
    assertThatThrownBy(() -> write(NETWORK + "dataset_conf: {noise_dir: " + path + "}\n"))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("dataset_conf.noise_dir is '" + path + "'");
    assertThatThrownBy(() -> write(NETWORK + "augment_conf: {reverb: {reverb_dir: " + path + "}}"))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("reverb_dir");
  }

  @Test
  void aMisspeltKeyIsNamed() {
    assertThatThrownBy(() -> write(NETWORK + "train_conf: {max_epochs: 3}\n"))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("train_conf.max_epochs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model_conf: {channels: [512, 100000]}|model_conf.channels[1] is 100000",
        "model_conf: {embd_dim: 1e9}|model_conf.embd_dim is",
        "preprocess_conf: {method_args: {n_fft: 1000000}}|preprocess_conf.method_args.n_fft is",
        "dataset_conf: {batch_size: 100000}|dataset_conf.batch_size is 100000",
        "dataset_conf: {chunk_duration: 3600}|dataset_conf.chunk_duration is 3600"
      })
  void whatWouldTakeAllMemoryIsRefused(String config, String message) {
    assertThatThrownBy(() -> write("use_model: EcapaTdnn\n" + config + "\n"))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("at most");
  }

  @Test
  void whatIsNoYamlIsRefused() {
    assertThatThrownBy(() -> write("use_model: [EcapaTdnn"))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("config:");
    assertThatThrownBy(() -> write("just words"))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("map of keys");
  }

  @Test
  void withoutANetworkABaseIsNeeded() {
    assertThatThrownBy(() -> write("train_conf: {max_epoch: 3}\n"))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("use_model is missing");
  }
}
