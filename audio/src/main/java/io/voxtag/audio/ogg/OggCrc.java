package io.voxtag.audio.ogg;

/** The checksum of an Ogg page: CRC-32 of polynomial 0x04c11db7, neither reflected nor inverted. */
final class OggCrc {

  private static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int crc = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc < 0 ? crc << 1 ^ 0x04c11db7 : crc << 1;
      }
      TABLE[i] = crc;
    }
  }

  private OggCrc() {}

  /** The checksum of the page in [from, to), with its own checksum field taken as zero. */
  static int of(byte[] bytes, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      int value = i - from >= 22 && i - from < 26 ? 0 : bytes[i] & 0xff;
      crc = crc << 8 ^ TABLE[crc >>> 24 ^ value];
    }
    return crc;
  }
}
