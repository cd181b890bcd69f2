package io.voxtag.voiceprint.training.curves;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * A file of scalars that TensorBoard reads: records of length, masked CRC-32C and data (TFRecord),
 * whose data are protocol buffers {@code Event} with a {@code Summary} of one simple value. Not
 * thread-safe.
 */
final class EventFile implements AutoCloseable {
  private static final String VERSION = "brain.Event:2";
  private static final int MASK_DELTA = 0xa282ead8;

  private final OutputStream out;

  /** Begins a file in a folder that is made where it is missing. */
  static EventFile create(Path folder, Instant now) throws IOException {
    Files.createDirectories(folder);
    String name = "events.out.tfevents.%d.%d.voxtag";
    Path file = folder.resolve(name.formatted(now.getEpochSecond(), now.getNano()));
    return new EventFile(new BufferedOutputStream(Files.newOutputStream(file)), now);
  }

  EventFile(OutputStream out, Instant now) throws IOException {
    this.out = out;
    Message event = new Message().fixed64(1, seconds(now));
    write(event.bytes(3, VERSION.getBytes(StandardCharsets.UTF_8)));
  }

  /** Adds a value; it can be read at once. */
  void scalar(String tag, long step, double value, Instant now) throws IOException {
    Message entry =
        new Message()
            .bytes(1, tag.getBytes(StandardCharsets.UTF_8))
            .fixed32(2, Float.floatToIntBits((float) value));
    Message summary = new Message().bytes(1, entry.toBytes());
    write(new Message().fixed64(1, seconds(now)).varint(2, step).bytes(5, summary.toBytes()));
    out.flush();
  }

  private static long seconds(Instant time) {
    return Double.doubleToLongBits(time.getEpochSecond() + time.getNano() / 1e9);
  }

  private void write(Message event) throws IOException {
    byte[] data = event.toBytes();
    byte[] length = little(8).putLong(data.length).array();
    out.write(length);
    out.write(little(4).putInt(maskedCrc(length)).array());
    out.write(data);
    out.write(little(4).putInt(maskedCrc(data)).array());
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Masked, as a checksum over data that hold checksums would otherwise be weak. */
  static int maskedCrc(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** The few wire types of protocol buffers that events need. */
  private static final class Message {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message varint(int field, long value) {
      raw(((long) field << 3) | VARINT);
      raw(value);
      return this;
    }

    Message fixed64(int field, long bits) {
      raw(((long) field << 3) | FIXED64);
      bytes.writeBytes(little(8).putLong(bits).array());
      return this;
    }

    Message fixed32(int field, int bits) {
      raw(((long) field << 3) | FIXED32);
      bytes.writeBytes(little(4).putInt(bits).array());
      return this;
    }

    Message bytes(int field, byte[] value) {
      raw(((long) field << 3) | BYTES);
      raw(value.length);
      bytes.writeBytes(value);
      return this;
    }

    private void raw(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        bytes.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }

    byte[] toBytes() {
      return bytes.toByteArray();
    }
  }
}
