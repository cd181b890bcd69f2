package io.voxtag.voiceprint.training.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.data.AudioCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a seed draws stays what it was: a training that is run again changes its audio as it did the
 * first time. The values were written down when a starter model was trained.
 */
class AugmentationDrawsTest {
  private static final Path CONFIG = Path.of("src", "test", "resources", "training", "small.yml");
  private static final Path EXPECTED =
      Path.of("src", "test", "resources", "augmentation", "draws.tsv");

  @TempDir Path folder;

  @Test
  void aSeedDrawsWhatItDrew() throws IOException {
    AugmentConfig config = Objects.requireNonNull(TrainingConfig.read(CONFIG).augmentConf());
    List<AudioCache.Clip> noises =
        Signals.clips(
            folder.resolve("noise"), Signals.noise(0.7, 0.3, 1), Signals.sine(1.3, 700, 0.2));
    List<AudioCache.Clip> voices =
        Signals.clips(folder.resolve("voices"), Signals.speech(1.1, 120), Signals.speech(0.9, 210));
    Augmenter augmenter = new Augmenter(config, noises, voices);
    float[] speech = Signals.speech(0.5, 150);

    List<String> lines = new ArrayList<>();
    for (int seed = 0; seed < 80; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] audio = augmenter.apply(speech, random);
      lines.add(
          "%d\t%d\t%s\t%s\t%s\t%s\t%s"
              .formatted(
                  seed,
                  audio.length,
                  Math.sqrt(Levels.power(audio)),
                  audio[1111],
                  audio[3333],
                  audio[7777],
                  random.nextLong()));
    }

    List<String> expected = Files.readAllLines(EXPECTED);
    assertThat(lines).hasSameSizeAs(expected);
    for (int i = 0; i < lines.size(); i++) {
      String[] got = lines.get(i).split("\t");
      String[] want = expected.get(i).split("\t");
      assertThat(got[1]).isEqualTo(want[1]);
      assertThat(got[6]).as("draws of seed %d", i).isEqualTo(want[6]);
      for (int k = 2; k < 6; k++) {
        assertThat(Double.parseDouble(got[k]))
            .as("value %d of seed %d", k, i)
            .isCloseTo(Double.parseDouble(want[k]), within(1e-6));
      }
    }
  }
}
