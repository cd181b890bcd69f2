package io.voxtag.voiceprint.training.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentConfigTest {
  @TempDir Path folder;

  @Test
  void readsTheShippedFile() throws IOException {
    AugmentConfig config = AugmentConfig.read(Path.of("..", "configs", "augmentation.yml"));

    assertThat(Objects.requireNonNull(config.noise()).minSnrDb()).isEqualTo(10);
    assertThat(Objects.requireNonNull(config.volume()).maxGainDb()).isEqualTo(15);
    assertThat(config.limitPeak()).isTrue();
  }

  @Test
  void readsAFileOfTheOriginalProject() throws IOException {
    AugmentConfig config =
        read(
            """
            speed: {prob: 1.0, speed_perturb_3_class: True}
            volume: {prob: 0.0, min_gain_dBFS: -15, max_gain_dBFS: 15}
            noise: {prob: 0.5, noise_dir: 'dataset/noise', min_snr_dB: 10, max_snr_dB: 50}
            reverb: {prob: 0.5, reverb_dir: 'dataset/reverb'}
            spec_aug: {prob: 0.5, freq_mask_ratio: 0.1, n_freq_masks: 1, time_mask_ratio: 0.05,
                       n_time_masks: 1, max_time_warp: 0}
            """);

    assertThat(config.speedClasses()).hasSize(3);
    assertThat(config.telephone()).isNull();
    assertThat(Objects.requireNonNull(config.reverb()).reverbDir()).isEqualTo("dataset/reverb");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo: {prob: 1}|echo is no key",
        "noise: {prob: 1, snr: 3}|noise.snr is no key",
        "noise: {min_snr_dB: 1}|noise.prob is missing",
        "noise: {prob: 2}|noise.prob is 2.0 but must be from 0 to 1",
        "noise: {prob: often}|noise.prob",
        "noise: {prob: }|noise.prob",
        "noise: 3|noise is 3 but must be a section",
        "noise: {prob: 1, min_snr_dB: 20, max_snr_dB: 10}|noise.min_snr_db is 20",
        "speed: {prob: 1, max_speed_rate: 3}|speed.max_speed_rate is 3.0",
        "speed: {prob: 1, num_rates: 1}|speed.num_rates is 1",
        "resample: {prob: 1, new_sample_rate: []}|resample.new_sample_rate is []",
        "resample: {prob: 1, new_sample_rate: [100]}|resample.new_sample_rate is 100.0",
        "telephone: {prob: 1, codecs: [mp3]}|telephone.codecs",
        "telephone: {prob: 1, max_high_hz: 9000}|telephone.max_high_hz is 9000.0",
        "reverb: {prob: 1, rooms: cave}|reverb.rooms",
        "spec_aug: {prob: 1, n_freq_masks: 1.5}|spec_aug.n_freq_masks",
        "spec_aug: {prob: 1, freq_mask_width: [5, 2]}|spec_aug.freq_mask_width is [5, 2]",
        "spec_sub: {prob: 1, max_t: 0}|spec_sub.max_t is 0.0",
        "limit_peak: often|limit_peak is",
        "- noise|sections with keys"
      })
  void namesWhatIsWrong(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidAugmentConfigException.class)
        .hasMessageContaining("augmentation.yml")
        .hasMessageContaining(message);
  }

  private AugmentConfig read(String yaml) throws IOException {
    Path file = folder.resolve("augmentation.yml");
    Files.writeString(file, yaml);
    return AugmentConfig.read(file);
  }
}
