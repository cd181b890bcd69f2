package io.voxtag.audio.ogg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the pages of one logical Ogg stream; a packet never spans pages. Not thread-safe. */
final class OggPageWriter {

  /** Most segments of a page; a packet of n bytes takes n / 255 + 1. */
  static final int MAX_SEGMENTS = 255;

  private static final int HEADER = 27;
  private static final int CRC_AT = 22;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int serial;
  private int sequence;

  OggPageWriter(int serial) {
    this.serial = serial;
  }

  static int segments(byte[] packet) {
    return packet.length / 255 + 1;
  }

  void page(List<byte[]> packets, long granule, boolean last) {
    int segments = packets.stream().mapToInt(OggPageWriter::segments).sum();
    int body = packets.stream().mapToInt(packet -> packet.length).sum();
    int flags = (sequence == 0 ? 2 : 0) | (last ? 4 : 0);
    ByteBuffer page = ByteBuffer.allocate(HEADER + segments + body).order(ByteOrder.LITTLE_ENDIAN);
    page.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags);
    page.putLong(granule).putInt(serial).putInt(sequence++).putInt(0).put((byte) segments);
    for (byte[] packet : packets) {
      for (int left = packet.length; left >= 255; left -= 255) {
        page.put((byte) 255);
      }
      page.put((byte) (packet.length % 255));
    }
    packets.forEach(page::put);
    page.putInt(CRC_AT, OggCrc.of(page.array(), 0, page.capacity()));
    out.writeBytes(page.array());
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
