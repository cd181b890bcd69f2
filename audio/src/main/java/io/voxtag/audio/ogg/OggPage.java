package io.voxtag.audio.ogg;

import io.voxtag.audio.io.BadAudioException;
import io.voxtag.audio.io.ByteInput;
import io.voxtag.audio.io.DamagedAudioException;

/**
 * One page of an Ogg file.
 *
 * @param granule position at the end of the last packet that ends here, -1 where none does
 * @param lacing the segment table: lengths of 0 to 255; a packet ends with the first below 255
 * @param body where the segments begin in the file, bytes
 * @param end where the page ends in the file, bytes
 */
@SuppressWarnings("ArrayRecordComponent")
record OggPage(
    int flags, long granule, int serial, int sequence, byte[] lacing, int body, int end) {

  private static final int CONTINUED = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;

  boolean continued() {
    return (flags & CONTINUED) != 0;
  }

  boolean first() {
    return (flags & FIRST) != 0;
  }

  boolean last() {
    return (flags & LAST) != 0;
  }

  /** Reads and checks the page at the position of {@code in} and moves behind it. */
  static OggPage read(byte[] file, ByteInput in) throws BadAudioException {
    int start = in.position();
    if (!ByteInput.matches(file, start, "OggS")) {
      throw new DamagedAudioException("corrupt: no Ogg page at byte %d".formatted(start));
    }
    in.skip(4);
    int version = in.u8();
    if (version != 0) {
      throw new DamagedAudioException(
          "corrupt: version %d of the Ogg page at byte %d, must be 0".formatted(version, start));
    }
    int flags = in.u8();
    long granule = in.i64();
    int serial = in.i32();
    int sequence = in.i32();
    int crc = in.i32();
    byte[] lacing = new byte[in.u8()];
    int length = 0;
    for (int i = 0; i < lacing.length; i++) {
      int segment = in.u8();
      lacing[i] = (byte) segment;
      length += segment;
    }
    int body = in.position();
    in.skip(length);
    if (OggCrc.of(file, start, in.position()) != crc) {
      throw new DamagedAudioException(
          "corrupt: checksum of the Ogg page at byte %d".formatted(start));
    }
    return new OggPage(flags, granule, serial, sequence, lacing, body, in.position());
  }
}
