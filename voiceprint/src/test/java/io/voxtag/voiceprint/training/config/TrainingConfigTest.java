package io.voxtag.voiceprint.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.voiceprint.feature.FeatureMethod;
import io.voxtag.voiceprint.network.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingConfigTest {
  private static final Path CONFIGS = Path.of("..", "configs");
  private static final Path SMALL = Path.of("src", "test", "resources", "training", "small.yml");

  @TempDir Path folder;

  static Stream<Path> shippedConfigurations() throws IOException {
    try (Stream<Path> files = Files.list(CONFIGS)) {
      // Changes to the audio are a file of their own, of another layout.
      return files
          .filter(file -> file.toString().endsWith(".yml"))
          .filter(file -> !file.endsWith("augmentation.yml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shippedConfigurations")
  void readsEveryShippedConfigurationAndItsNetworkTakesItsArguments(Path file) throws IOException {
    TrainingConfig config = TrainingConfig.read(file);
    Map<String, Object> arguments = new HashMap<>(config.modelConf());
    arguments.put(
        "input_size",
        FeatureMethod.of(config.preprocessConf().featureMethod())
            .create(config.preprocessConf().methodArgs())
            .bins());
    assertThat(Architecture.of(config.useModel()).create(arguments)).isNotNull();
  }

  @Test
  void shipsAConfigurationForEveryNetwork() throws IOException {
    List<String> models =
        shippedConfigurations()
            .map(
                file -> {
                  try {
                    return TrainingConfig.read(file).useModel();
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                })
            .toList();
    for (Architecture architecture : Architecture.values()) {
      if (architecture != Architecture.FUSION) {
        assertThat(models).contains(architecture.configName());
      }
    }
  }

  @Test
  void readsAConfigurationOfASmallNetwork() throws IOException {
    TrainingConfig config = TrainingConfig.read(SMALL);
    assertThat(config.useModel()).isEqualTo("EcapaTdnn");
    assertThat(config.datasetConf().speeds()).containsExactly(1.0);
    assertThat(config.lossConf().lossArgs()).containsOnlyKeys("margin", "scale", "label_smoothing");
    assertThat(config.optimizerConf().warmupSteps()).isEqualTo(400);
    assertThat(config.trainConf().steps(10)).isEqualTo(12000);
  }

  @Test
  void takesTheNewestLayoutOfTheOriginal() throws IOException {
    TrainingConfig config = TrainingConfig.read(CONFIGS.resolve("ecapa_tdnn.yml"));
    assertThat(config.useModel()).isEqualTo("EcapaTdnn");
    assertThat(config.modelConf()).containsEntry("pooling_type", "ASP");
    assertThat(config.classifierConf()).containsOnlyKeys("classifier_type", "num_blocks");
    DatasetConf dataset = config.datasetConf();
    assertThat(dataset.chunkDuration()).isEqualTo(3);
    assertThat(dataset.batchSize()).isEqualTo(128);
    assertThat(dataset.numSpeakers()).isEqualTo(2796);
    assertThat(dataset.useDbNormalization()).isTrue();
    assertThat(dataset.targetDb()).isEqualTo(-20);
    assertThat(dataset.evalConf().batchSize()).isEqualTo(16);
    assertThat(config.trainConf().numWorkers()).isEqualTo(8);
    assertThat(config.optimizerConf().optimizerArgs().weightDecay()).isEqualTo(1e-5);
    assertThat(config.lossConf().marginSchedulerArgs()).containsEntry("final_margin", 0.3);
  }

  @Test
  void takesTheFirstLayoutOfTheOriginal() throws IOException {
    TrainingConfig config =
        TrainingConfig.read(
            write(
                """
                dataset_conf:
                  batch_size: 64
                  chunk_duration: 3
                  do_vad: False
                  min_duration: 0.5
                  num_speakers: 3242
                  num_workers: 4
                  sample_rate: 16000
                  use_dB_normalization: True
                  target_dB: -20
                  train_list: 'dataset/train_list.txt'
                  test_list: 'dataset/test_list.txt'
                feature_conf:
                  sample_rate: 16000
                  n_fft: 1024
                  hop_length: 320
                  win_length: 1024
                  f_min: 50.0
                  f_max: 14000.0
                  n_mels: 64
                preprocess_conf:
                  feature_method: 'MelSpectrogram'
                model_conf:
                  channels: [512, 512, 512, 512, 1536]
                  kernel_sizes: [5, 3, 3, 3, 1]
                  dilations: [1, 2, 3, 4, 1]
                  lin_neurons: 192
                optimizer_conf:
                  learning_rate: 0.001
                  weight_decay: !!float 1e-6
                train_conf:
                  max_epoch: 30
                  log_interval: 100
                use_model: 'EcapaTdnn'
                use_loss: 'AMLoss'
                """));
    assertThat(config.preprocessConf().methodArgs()).containsEntry("n_mels", 64);
    assertThat(config.modelConf()).containsEntry("embd_dim", 192).doesNotContainKey("lin_neurons");
    assertThat(config.optimizerConf().optimizerArgs().lr()).isEqualTo(0.001);
    assertThat(config.optimizerConf().optimizerArgs().weightDecay()).isEqualTo(1e-6);
    assertThat(config.lossConf().loss()).isEqualTo("AMLoss");
    assertThat(config.datasetConf().testList()).isEqualTo("dataset/test_list.txt");
    assertThat(config.trainConf().numWorkers()).isEqualTo(4);
    assertThat(config.trainConf().steps(100)).isEqualTo(3000);
  }

  @Test
  void refusesTwoNamesThatSayDifferentThings() throws IOException {
    assertThatThrownBy(
            () ->
                TrainingConfig.read(
                    changed("batch_size: 32", "batch_size: 32\n  sampler: {batch_size: 64}")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("dataset_conf.sampler.batch_size is 64")
        .hasMessageContaining("dataset_conf.batch_size is 32");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch_size: 32|batchsize: 32|dataset_conf.batchsize is no key",
        "chunk_duration: 1.5|chunk_duration: -1|dataset_conf.chunk_duration is -1.0",
        "chunk_duration: 1.5|chunk_duration: long|dataset_conf.chunk_duration",
        "batch_size: 32|batch_size: 32.5|dataset_conf.batch_size",
        "use_model: EcapaTdnn|use_model: Ecapa|unknown architecture 'Ecapa'",
        "loss: AAMLoss|loss: AMMLoss|unknown loss 'AMMLoss'",
        "loss: AAMLoss|loss: TripletAngularMarginLoss|is_use_pksampler is false",
        "learning_rate: 0.001|learning_rate: 0|optimizer_conf.learning_rate is 0.0",
        "feature_method: Fbank|feature_method: Bank|unknown feature method 'Bank'",
        "seed: 20|seed: 20\\n  use_compile: true|train_conf.use_compile is true",
        "num_workers: 1|num_workers: 0|train_conf.num_workers is 0",
        "min_duration: 0.5|min_duration: 0.5\\n  sample_rate: 8000|sample_rate is 8000",
        "min_duration: 0.5|min_duration: 0.5\\n  sample_per_id: 64|sample_per_id is 64",
        "warmup_steps: 400|warmup_steps: 400\\n  optimizer: Adagrad|optimizer is Adagrad",
      })
  void namesAWrongValue(String from, String to, String message) throws IOException {
    Path file = changed(from, to.replace("\\n", "\n"));
    assertThatThrownBy(() -> TrainingConfig.read(file))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void namesAMissingSection() throws IOException {
    Path file = write("use_model: EcapaTdnn\n");
    assertThatThrownBy(() -> TrainingConfig.read(file))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("dataset_conf.train_list is missing");
  }

  private Path changed(String from, String to) throws IOException {
    String text = Files.readString(SMALL);
    assertThat(text).contains(from);
    return write(text.replaceFirst(java.util.regex.Pattern.quote(from), to));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("changed.yml"), text);
  }
}
