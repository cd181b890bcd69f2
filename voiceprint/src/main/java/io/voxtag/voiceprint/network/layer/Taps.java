package io.voxtag.voiceprint.network.layer;

/**
 * The frames that a convolution sees of each: {@code kernel} of them, {@code dilation} apart, with
 * the frame itself in the middle.
 */
public record Taps(int kernel, int dilation, PaddingMode mode) {

  /** Frames beyond each end of the input that it sees. */
  public int reach() {
    return dilation * (kernel - 1) / 2;
  }

  /**
   * Refuses an input whose ends cannot be mirrored.
   *
   * @throws IllegalArgumentException if it has too few frames
   */
  public void requireEnough(long frames) {
    if (mode == PaddingMode.REFLECT && frames <= reach()) {
      throw new IllegalArgumentException(
          frames + " frames are too few: more than " + reach() + " are needed to mirror the ends");
    }
  }
}
