package io.voxtag.voiceprint.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import io.voxtag.voiceprint.training.data.AudioCache;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingClipsTest {
  private static final int CROPS = 300;
  private static final int CROP = 1600;

  @TempDir private Path folder;

  @Test
  void choosesCropsInWhichSomebodySpeaks() throws IOException {
    // given half a second of speech in two seconds: a crop is at random in silence in 7 of 10 cases
    float[] audio = new float[32000];
    Random noise = new Random(1);
    for (int i = 12000; i < 20000; i++) {
      audio[i] = (float) (0.1 * noise.nextGaussian());
    }
    // when
    double any = silentShare(clips(audio, 1));
    double chosen = silentShare(clips(audio, 6));
    // then: 0.7 to the power of 6 is 0.12
    assertThat(any).isBetween(0.6, 0.8);
    assertThat(chosen).isBetween(0.05, 0.2);
  }

  @Test
  void repeatsAClipThatIsShorterThanACrop() throws IOException {
    float[] audio = new float[CROP / 2];
    Arrays.fill(audio, 0.5f);
    float[] crop = new float[CROP];

    clips(audio, 3).crop(0, crop, new SplittableRandom(1));

    for (float sample : crop) {
      assertThat(sample).isBetween(0.49f, 0.51f);
    }
  }

  private static double silentShare(TrainingClips clips) {
    SplittableRandom random = new SplittableRandom(5);
    float[] crop = new float[CROP];
    int silent = 0;
    for (int i = 0; i < CROPS; i++) {
      clips.crop(0, crop, random);
      float peak = 0;
      for (float sample : crop) {
        peak = Math.max(peak, Math.abs(sample));
      }
      silent += peak < 0.01 ? 1 : 0;
    }
    return (double) silent / CROPS;
  }

  private TrainingClips clips(float[] audio, int choices) throws IOException {
    Path file = folder.resolve("clip.wav");
    Files.write(
        file,
        WavWriter.encode(new Recording(new float[][] {audio}, 16000), WavWriter.Coding.PCM_16));
    TrainingList list =
        new TrainingList(
            List.of(new TrainingList.Utterance("clip.wav", file, 0)), List.of("somebody"));
    AudioCache cache =
        AudioCache.open(
            folder.resolve("cache"), List.of(file), 1, 0, new AudioCache.Decoding(false, 1));
    return new TrainingClips(list, List.of(cache.clips()), path -> true, choices);
  }
}
