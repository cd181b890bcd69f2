package io.voxtag.audio.mp3;

import org.jspecify.annotations.Nullable;

/**
 * The header of an MPEG layer III frame.
 *
 * @param lowRate whether MPEG-2 or MPEG-2.5, whose frames have half the samples
 * @param sampleRate Hz
 * @param length of the frame with its header, bytes
 */
record Mp3Header(boolean lowRate, int sampleRate, int channels, int length) {

  static final int BYTES = 4;

  private static final int[] RATES = {44_100, 48_000, 32_000};
  private static final int[] KBITS = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] LOW_KBITS = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };
  private static final int LAYER_III = 1;
  private static final int MPEG_1 = 3;

  /** Samples of each channel in a frame. */
  int samples() {
    return lowRate ? 576 : 1152;
  }

  /** Where a Xing or Info tag lies in the frame: behind the side information, bytes. */
  int tagOffset() {
    int side = channels == 1 ? (lowRate ? 9 : 17) : (lowRate ? 17 : 32);
    return BYTES + side;
  }

  boolean continues(Mp3Header other) {
    return lowRate == other.lowRate && sampleRate == other.sampleRate && channels == other.channels;
  }

  /** The header at {@code at}, or null where there is none; free-format streams count as none. */
  static @Nullable Mp3Header at(byte[] file, int at) {
    if (at < 0 || file.length - at < BYTES) {
      return null;
    }
    int second = file[at + 1] & 0xff;
    int third = file[at + 2] & 0xff;
    int version = second >> 3 & 3;
    int bitRate = third >> 4;
    int rate = third >> 2 & 3;
    boolean sync = file[at] == -1 && second >> 5 == 7 && (second >> 1 & 3) == LAYER_III;
    if (!sync || version == 1 || bitRate == 0 || bitRate == 15 || rate == 3) {
      return null;
    }
    boolean low = version != MPEG_1;
    int sampleRate = RATES[rate] >> (version == MPEG_1 ? 0 : version == 2 ? 1 : 2);
    int kbits = low ? LOW_KBITS[bitRate] : KBITS[bitRate];
    int padding = third >> 1 & 1;
    int length = (low ? 72 : 144) * 1000 * kbits / sampleRate + padding;
    int channels = (file[at + 3] & 0xff) >> 6 == 3 ? 1 : 2;
    return new Mp3Header(low, sampleRate, channels, length);
  }
}
