package io.voxtag.audio.mp3;

import io.voxtag.audio.io.ByteInput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the Xing or Info frame in front of an MP3 file says.
 *
 * @param frames number of audio frames, -1 where unknown
 * @param delay samples that the encoder put before the audio, -1 where unknown
 * @param padding samples that the encoder put behind the audio
 */
record GaplessInfo(long frames, int delay, int padding) {

  private static final int HAS_FRAMES = 1;
  private static final int HAS_BYTES = 2;
  private static final int HAS_TOC = 4;
  private static final int HAS_QUALITY = 8;

  /** The tag in the frame at {@code at}, or null where the frame is audio. */
  static @Nullable GaplessInfo read(byte[] file, int at, Mp3Header header) {
    int tag = at + header.tagOffset();
    int end = Math.min(file.length, at + header.length());
    if (!ByteInput.matches(file, tag, "Xing") && !ByteInput.matches(file, tag, "Info")) {
      return null;
    }
    if (end - tag < 8) {
      return new GaplessInfo(-1, -1, 0);
    }
    ByteBuffer in = ByteBuffer.wrap(file);
    int flags = in.getInt(tag + 4);
    int next = tag + 8;
    boolean counted = (flags & HAS_FRAMES) != 0 && end - next >= 4;
    long frames = counted ? in.getInt(next) & 0xffffffffL : -1;
    next += (flags & HAS_FRAMES) != 0 ? 4 : 0;
    next += (flags & HAS_BYTES) != 0 ? 4 : 0;
    next += (flags & HAS_TOC) != 0 ? 100 : 0;
    next += (flags & HAS_QUALITY) != 0 ? 4 : 0;
    // The LAME extension: 9 bytes of encoder name, 12 of other things, then two 12-bit numbers.
    int gap = next + 21;
    if (end - gap < 3 || file[next] == 0) {
      return new GaplessInfo(frames, -1, 0);
    }
    int delay = (file[gap] & 0xff) << 4 | (file[gap + 1] & 0xff) >> 4;
    int padding = (file[gap + 1] & 0x0f) << 8 | file[gap + 2] & 0xff;
    return new GaplessInfo(frames, delay, padding);
  }
}
