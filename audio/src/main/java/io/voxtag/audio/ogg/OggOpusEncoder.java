package io.voxtag.audio.ogg;

import io.voxtag.audio.opus.PacketEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes mono Opus in Ogg (RFC 7845), one second a page. */
public final class OggOpusEncoder {

  private static final int PACKET_48K = 960;
  private static final int PACKETS_A_PAGE = 50;
  private static final int SERIAL = 0x766f7874;

  private OggOpusEncoder() {}

  /**
   * @param samples 16-bit values
   * @param rate Hz, one of Opus' own
   * @param inputRate what the header calls the original rate, Hz
   * @param bitRate bits a second
   * @return the file, whose decoded length is that of {@code samples}
   */
  public static byte[] encode(short[] samples, int rate, int inputRate, int bitRate) {
    PacketEncoder encoder = new PacketEncoder(rate, bitRate);
    int preSkip = encoder.lookahead48k();
    OggPageWriter pages = new OggPageWriter(SERIAL);
    pages.page(List.of(head(preSkip, inputRate)), 0, false);
    pages.page(List.of(tags()), 0, false);

    long end = preSkip + samples.length * (48_000L / rate);
    int count = (int) Math.max(1, (end + PACKET_48K - 1) / PACKET_48K);
    short[] padded = Arrays.copyOf(samples, count * encoder.frame());
    List<byte[]> waiting = new ArrayList<>();
    int segments = 0;
    for (int i = 0; i < count; i++) {
      byte[] packet = encoder.encode(padded, i * encoder.frame());
      int more = OggPageWriter.segments(packet);
      if (segments + more > OggPageWriter.MAX_SEGMENTS || waiting.size() == PACKETS_A_PAGE) {
        pages.page(waiting, (long) i * PACKET_48K, false);
        waiting = new ArrayList<>();
        segments = 0;
      }
      waiting.add(packet);
      segments += more;
    }
    pages.page(waiting, end, true);
    return pages.toByteArray();
  }

  private static byte[] head(int preSkip, int inputRate) {
    return ByteBuffer.allocate(19)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(OpusHead.MAGIC.getBytes(StandardCharsets.US_ASCII))
        .put((byte) 1)
        .put((byte) 1)
        .putShort((short) preSkip)
        .putInt(inputRate)
        .putShort((short) 0)
        .put((byte) 0)
        .array();
  }

  private static byte[] tags() {
    byte[] vendor = "voxtag".getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(16 + vendor.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("OpusTags".getBytes(StandardCharsets.US_ASCII))
        .putInt(vendor.length)
        .put(vendor)
        .putInt(0)
        .array();
  }
}
