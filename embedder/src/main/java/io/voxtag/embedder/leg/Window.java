package io.voxtag.embedder.leg;

/**
 * A window of a leg: samples [index * hop, index * hop + length) of its clock at 16 kHz. It keeps
 * the checkpoint back until it is acknowledged, which any thread may do.
 */
public final class Window {

  private final LegKey leg;
  private final long index;
  private final long startSample;
  private final float[] samples;
  private final long capturedAt;
  private final long timestamp;
  private final boolean last;
  private volatile boolean acknowledged;

  Window(
      LegKey leg,
      long index,
      long startSample,
      float[] samples,
      long capturedAt,
      long timestamp,
      boolean last) {
    this.leg = leg;
    this.index = index;
    this.startSample = startSample;
    this.samples = samples;
    this.capturedAt = capturedAt;
    this.timestamp = timestamp;
    this.last = last;
  }

  public LegKey leg() {
    return leg;
  }

  /** Number of the window in its leg, from 0. */
  public long index() {
    return index;
  }

  /** Start on the clock of the leg, milliseconds. */
  public long startMs() {
    return startSample * 1000 / LegSettings.RATE;
  }

  /** End on the clock of the leg, milliseconds. */
  public long endMs() {
    return (startSample + samples.length) * 1000 / LegSettings.RATE;
  }

  /**
   * 16 kHz, full scale -1 to 1. The array is the window's own: whoever reads it leaves it alone.
   */
  public float[] samples() {
    return samples;
  }

  /** When its last sample was captured, milliseconds since the epoch. */
  public long capturedAt() {
    return capturedAt;
  }

  /**
   * Timestamp of the record that its last audio came in, milliseconds since the epoch; negative
   * where that had none.
   */
  public long timestamp() {
    return timestamp;
  }

  /** Whether it ends the leg; it may then be shorter than the others. */
  public boolean last() {
    return last;
  }

  /** What was made of it is safe: a successor need not make it again. */
  public void acknowledge() {
    acknowledged = true;
  }

  boolean isAcknowledged() {
    return acknowledged;
  }
}
