package io.voxtag.audio.flac;

import io.voxtag.audio.io.DamagedAudioException;

/**
 * The header of a frame.
 *
 * @param blockSize samples of each channel, 1 to 65536
 * @param assignment channel assignment: number of channels - 1, or one of the stereo codings
 * @param bitsPerSample 4 to 32
 */
record FrameHeader(int blockSize, int sampleRate, int assignment, int bitsPerSample) {

  static final int LEFT_SIDE = 8;
  static final int SIDE_RIGHT = 9;
  static final int MID_SIDE = 10;

  private static final int SYNC = 0x3ffe;
  private static final int[] RATES = {
    0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000
  };
  private static final int[] BITS = {0, 8, 12, -1, 16, 20, 24, 32};

  int channels() {
    return assignment < LEFT_SIDE ? assignment + 1 : 2;
  }

  static FrameHeader read(byte[] file, BitReader in, StreamInfo info) throws DamagedAudioException {
    int start = in.bytePosition();
    if (in.unsigned(14) != SYNC || in.unsigned(1) != 0) {
      throw new DamagedAudioException("corrupt: no FLAC frame at byte %d".formatted(start));
    }
    in.unsigned(1);
    int sizeCode = (int) in.unsigned(4);
    int rateCode = (int) in.unsigned(4);
    int assignment = (int) in.unsigned(4);
    int bitsCode = (int) in.unsigned(3);
    long reserved = in.unsigned(1);
    skipNumber(in, start);
    int size = blockSize(in, sizeCode);
    int rate = rate(in, rateCode, info);
    int bits = bitsCode == 0 ? info.bitsPerSample() : BITS[bitsCode];
    int sum = Crc.crc8(file, start, in.bytePosition());
    if (in.unsigned(8) != sum) {
      throw new DamagedAudioException(
          "corrupt: checksum of the FLAC frame header at byte %d".formatted(start));
    }
    if (size == 0 || rate < 0 || bits < 0 || assignment > MID_SIDE || reserved != 0) {
      throw new DamagedAudioException(
          "corrupt: reserved value in the FLAC frame header at byte %d".formatted(start));
    }
    return new FrameHeader(size, rate, assignment, bits);
  }

  /**
   * The frame or sample number in the extended UTF-8 of FLAC; the order of frames says the same.
   */
  private static void skipNumber(BitReader in, int start) throws DamagedAudioException {
    int ones = Integer.numberOfLeadingZeros(~((int) in.unsigned(8) << 24));
    if (ones == 1 || ones > 7) {
      throw new DamagedAudioException(
          "corrupt: frame number in the FLAC frame header at byte %d".formatted(start));
    }
    for (int i = 1; i < ones; i++) {
      in.unsigned(8);
    }
  }

  private static int blockSize(BitReader in, int code) throws DamagedAudioException {
    return switch (code) {
      case 0 -> 0;
      case 1 -> 192;
      case 2, 3, 4, 5 -> 144 << code;
      case 6 -> (int) in.unsigned(8) + 1;
      case 7 -> (int) in.unsigned(16) + 1;
      default -> 1 << code;
    };
  }

  private static int rate(BitReader in, int code, StreamInfo info) throws DamagedAudioException {
    return switch (code) {
      case 0 -> info.sampleRate();
      case 12 -> (int) in.unsigned(8) * 1000;
      case 13 -> (int) in.unsigned(16);
      case 14 -> (int) in.unsigned(16) * 10;
      case 15 -> -1;
      default -> RATES[code];
    };
  }
}
