package io.voxtag.voiceprint.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import io.voxtag.voiceprint.training.data.AudioCache;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchSamplerTest {
  private static final int SPEAKERS = 5;

  @TempDir Path folder;
  private TrainingClips clips;

  /** Speaker s has s + 1 recordings, each a constant that tells its index. */
  @BeforeEach
  void writeClips() throws IOException {
    List<TrainingList.Utterance> utterances = new ArrayList<>();
    for (int speaker = 0; speaker < SPEAKERS; speaker++) {
      for (int i = 0; i <= speaker; i++) {
        Path file = folder.resolve(speaker + "-" + i + ".wav");
        float[] audio = new float[1600];
        Arrays.fill(audio, utterances.size() / 100f);
        Files.write(
            file,
            WavWriter.encode(new Recording(new float[][] {audio}, 16000), WavWriter.Coding.PCM_16));
        utterances.add(new TrainingList.Utterance(file.toString(), file, speaker));
      }
    }
    TrainingList list = new TrainingList(utterances, List.of("a", "b", "c", "d", "e"));
    AudioCache cache =
        AudioCache.open(
            folder.resolve("cache"),
            utterances.stream().map(TrainingList.Utterance::file).toList(),
            1,
            0,
            new AudioCache.Decoding(false, 3));
    clips = new TrainingClips(list, List.of(cache.clips()), path -> true, 1);
  }

  @Test
  void anEpochHasEveryClipOnceAndAnotherEpochAnotherOrder() {
    // given
    BatchSampler sampler = new ShuffledSampler(clips.size(), 4, false, 1);
    // when
    List<Integer> first = epoch(sampler, 0);
    List<Integer> second = epoch(sampler, 1);
    // then: 15 clips in batches of four
    assertThat(sampler.batchesPerEpoch()).isEqualTo(4);
    assertThat(first).hasSize(15).doesNotHaveDuplicates();
    assertThat(second).hasSize(15).doesNotHaveDuplicates().isNotEqualTo(first);
    assertThat(epoch(sampler, 0)).isEqualTo(first);
  }

  @Test
  void dropsABatchThatIsNotFull() {
    BatchSampler sampler = new ShuffledSampler(clips.size(), 4, true, 1);
    assertThat(sampler.batchesPerEpoch()).isEqualTo(3);
    assertThat(epoch(sampler, 0)).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void aBatchHasAsManyClipsOfEachOfItsSpeakers() {
    BatchSampler sampler = new SpeakerSampler(clips, 6, 2, 1);
    for (int number = 0; number < 50; number++) {
      int[] counts = new int[SPEAKERS];
      for (int clip : batch(sampler, number)) {
        counts[clips.label(clip)]++;
      }
      assertThat(Arrays.stream(counts).filter(count -> count == 2)).hasSize(3);
      assertThat(Arrays.stream(counts).sum()).isEqualTo(6);
    }
    assertThat(batch(sampler, 7)).isEqualTo(batch(sampler, 7));
  }

  @Test
  void aSpeakerWithEnoughClipsGivesDifferentOnes() {
    BatchSampler sampler = new SpeakerSampler(clips, 10, 2, 1);
    for (int number = 0; number < 50; number++) {
      List<Integer> several =
          batch(sampler, number).stream().filter(clip -> clips.label(clip) > 0).toList();
      assertThat(several).hasSize(8).doesNotHaveDuplicates();
    }
  }

  @Test
  void tooFewSpeakersForABatchAreNamed() {
    assertThatThrownBy(() -> new SpeakerSampler(clips, 12, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 6 speakers, but there are 5");
  }

  @Test
  void batchesAreTheSameWithAnyNumberOfThreads() throws InterruptedException {
    BatchSampler sampler = new ShuffledSampler(clips.size(), 4, true, 1);
    List<float[]> one = new ArrayList<>();
    try (BatchLoader loader = new BatchLoader(clips, sampler, null, 800, 5, 1, 0)) {
      for (int i = 0; i < 6; i++) {
        one.add(loader.next().values());
      }
    }
    try (BatchLoader loader = new BatchLoader(clips, sampler, null, 800, 5, 4, 2)) {
      for (int i = 2; i < 6; i++) {
        assertThat(loader.next().values()).isEqualTo(one.get(i));
      }
    }
  }

  @Test
  void decodingOnSeveralThreadsKeepsTheOrder() {
    float[] crop = new float[10];
    for (int clip = 0; clip < clips.size(); clip++) {
      clips.crop(clip, crop, new SplittableRandom(clip));
      assertThat(Math.round(crop[5] * 100)).isEqualTo(clip);
    }
  }

  private static List<Integer> epoch(BatchSampler sampler, long epoch) {
    List<Integer> all = new ArrayList<>();
    for (long i = 0; i < sampler.batchesPerEpoch(); i++) {
      all.addAll(batch(sampler, epoch * sampler.batchesPerEpoch() + i));
    }
    return all;
  }

  private static List<Integer> batch(BatchSampler sampler, long number) {
    BatchSampler.Rows rows = sampler.batch(number);
    List<Integer> chosen = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      chosen.add(rows.clip(row, new SplittableRandom(row)));
    }
    return chosen;
  }
}
