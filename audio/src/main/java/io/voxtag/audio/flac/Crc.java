package io.voxtag.audio.flac;

/** The checksums of FLAC: CRC-8 (polynomial 0x07) of frame headers, CRC-16 (0x8005) of frames. */
final class Crc {

  private static final int[] TABLE_8 = table(0x07, 8);
  private static final int[] TABLE_16 = table(0x8005, 16);

  private Crc() {}

  static int crc8(byte[] bytes, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = TABLE_8[crc ^ bytes[i] & 0xff];
    }
    return crc;
  }

  static int crc16(byte[] bytes, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = (crc << 8 ^ TABLE_16[crc >> 8 ^ bytes[i] & 0xff]) & 0xffff;
    }
    return crc;
  }

  private static int[] table(int polynomial, int width) {
    int[] table = new int[256];
    int top = 1 << (width - 1);
    for (int i = 0; i < 256; i++) {
      int crc = i << (width - 8);
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & top) == 0 ? crc << 1 : crc << 1 ^ polynomial;
      }
      table[i] = crc & (1 << width) - 1;
    }
    return table;
  }
}
