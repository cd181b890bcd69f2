package io.voxtag.voiceprint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingConfigTest {
  private static final Path STARTER = Path.of("..", "configs", "starter.yml");

  @TempDir Path folder;

  @Test
  void readsTheStarterModelsConfiguration() throws IOException {
    TrainingConfig config = TrainingConfig.read(STARTER);
    assertThat(config.useModel()).isEqualTo("EcapaTdnn");
    assertThat(config.datasetConf().speeds()).containsExactly(1.0);
  }

  @Test
  void namesAnUnknownKey() throws IOException {
    assertThatThrownBy(() -> TrainingConfig.read(changed("batch_size: 32", "batchsize: 32")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("dataset_conf.batchsize is no key");
  }

  @Test
  void namesAValueThatIsOutOfRange() throws IOException {
    assertThatThrownBy(
            () -> TrainingConfig.read(changed("chunk_duration: 1.5", "chunk_duration: -1")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("dataset_conf.chunk_duration is -1.0");
  }

  @Test
  void namesAMissingSection() throws IOException {
    Path file = folder.resolve("short.yml");
    Files.writeString(file, "use_model: EcapaTdnn\n");
    assertThatThrownBy(() -> TrainingConfig.read(file))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("dataset_conf");
  }

  private Path changed(String from, String to) throws IOException {
    Path file = folder.resolve("changed.yml");
    String text = Files.readString(STARTER);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
    return file;
  }
}
