package io.voxtag.voiceprint.training.batch;

import java.util.SplittableRandom;

/** Takes every clip once an epoch, in an order of its own in each. */
public final class ShuffledSampler implements BatchSampler {
  private final int clips;
  private final int batchSize;
  private final boolean dropLast;
  private final long seed;
  private volatile Order order;

  /**
   * @param dropLast whether an epoch ends before a batch that is not full
   */
  public ShuffledSampler(int clips, int batchSize, boolean dropLast, long seed) {
    this.clips = clips;
    this.batchSize = batchSize;
    this.dropLast = dropLast;
    this.seed = seed;
    order = order(0);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Order(long epoch, int[] clips) {}

  @Override
  public long batchesPerEpoch() {
    return dropLast ? Math.max(1, clips / batchSize) : (clips + batchSize - 1) / batchSize;
  }

  @Override
  public Rows batch(long number) {
    long epoch = number / batchesPerEpoch();
    Order present = order;
    if (present.epoch() != epoch) {
      present = order(epoch);
      order = present;
    }
    int from = (int) (number % batchesPerEpoch()) * batchSize;
    return new Slice(present.clips(), from, Math.min(batchSize, clips - from));
  }

  private Order order(long epoch) {
    SplittableRandom random = new SplittableRandom(seed * 0xD1342543DE82EF95L + epoch);
    int[] shuffled = new int[clips];
    for (int i = 0; i < clips; i++) {
      int other = random.nextInt(i + 1);
      shuffled[i] = shuffled[other];
      shuffled[other] = i;
    }
    return new Order(epoch, shuffled);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Slice(int[] clips, int from, int size) implements Rows {
    @Override
    public int clip(int row, SplittableRandom random) {
      return clips[from + row];
    }
  }
}
