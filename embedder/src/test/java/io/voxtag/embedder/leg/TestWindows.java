package io.voxtag.embedder.leg;

/** Windows that were not cut from any audio. */
public final class TestWindows {

  private TestWindows() {}

  /** A window of three seconds of silence. */
  public static Window window(String call, int channel, String stream, long index) {
    return new Window(
        new LegKey(call, channel, stream),
        index,
        index * LegSettings.RATE,
        new float[3 * LegSettings.RATE],
        1_000_000 + index * 1_000,
        1_000_100 + index * 1_000,
        false);
  }
}
