package io.voxtag.voiceprint.training.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes batches of the same number of crops of each of some speakers, for losses that compare
 * inside a batch. A speaker with fewer clips than that gives some more than once.
 */
public final class SpeakerSampler implements BatchSampler {
  private final List<int[]> speakers;
  private final int clips;
  private final int batchSize;
  private final int perSpeaker;
  private final long seed;

  /**
   * @param batchSize a multiple of {@code perSpeaker}
   * @throws IllegalArgumentException if there are too few speakers for a batch
   */
  public SpeakerSampler(TrainingClips clips, int batchSize, int perSpeaker, long seed) {
    Map<Integer, List<Integer>> byLabel = new LinkedHashMap<>();
    for (int i = 0; i < clips.size(); i++) {
      byLabel.computeIfAbsent(clips.label(i), label -> new ArrayList<>()).add(i);
    }
    speakers =
        byLabel.values().stream()
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toList();
    int needed = batchSize / perSpeaker;
    if (speakers.size() < needed) {
      throw new IllegalArgumentException(
          ("dataset_conf.batch_size is %d and sample_per_id %d, which needs %d speakers, but there"
                  + " are %d")
              .formatted(batchSize, perSpeaker, needed, speakers.size()));
    }
    this.clips = clips.size();
    this.batchSize = batchSize;
    this.perSpeaker = perSpeaker;
    this.seed = seed;
  }

  @Override
  public long batchesPerEpoch() {
    return Math.max(1, clips / batchSize);
  }

  @Override
  public Rows batch(long number) {
    SplittableRandom random = new SplittableRandom(seed * 0xAEF17502108EF2D9L + number);
    int[] order = new int[speakers.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    int[] chosen = new int[batchSize];
    for (int speaker = 0; speaker < batchSize / perSpeaker; speaker++) {
      draw(speakers.get(pick(order, speaker, random)), chosen, speaker * perSpeaker, random);
    }
    return new Chosen(chosen);
  }

  private void draw(int[] own, int[] chosen, int from, SplittableRandom random) {
    int[] order = own.clone();
    for (int i = 0; i < perSpeaker; i++) {
      chosen[from + i] =
          own.length < perSpeaker ? own[random.nextInt(own.length)] : pick(order, i, random);
    }
  }

  /** The next of a shuffle that goes only as far as it is asked. */
  private static int pick(int[] order, int at, SplittableRandom random) {
    int other = at + random.nextInt(order.length - at);
    int value = order[other];
    order[other] = order[at];
    order[at] = value;
    return value;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chosen(int[] clips) implements Rows {
    @Override
    public int size() {
      return clips.length;
    }

    @Override
    public int clip(int row, SplittableRandom random) {
      return clips[row];
    }
  }
}
