package io.voxtag.audio.mp3;

import io.voxtag.audio.io.BadAudioException;
import io.voxtag.audio.io.ByteInput;
import io.voxtag.audio.io.DamagedAudioException;
import io.voxtag.audio.io.SampleBuffer;
import java.io.ByteArrayInputStream;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import org.jspecify.annotations.Nullable;

/**
 * Reads MP3 files, with the encoder's delay and padding trimmed where a LAME tag tells them. Frames
 * are found and checked here; JLayer decodes their content.
 */
public final class Mp3Decoder {

  /** How far the first frame may lie behind tags and rubbish, bytes. */
  private static final int SEARCH = 1 << 13;

  /** Samples by which every layer III decoder is late. */
  private static final int DECODER_DELAY = 529;

  /** What JLayer gives for full scale. */
  private static final float FULL_SCALE = 32_700f;

  private final byte[] file;
  private final SampleBuffer out;
  private final Mp3Header first;
  private final int firstAudio;
  private final @Nullable GaplessInfo info;
  private final float[][] planar;
  private int toSkip;
  private int end;

  private Mp3Decoder(byte[] file, SampleBuffer out) throws BadAudioException {
    this.file = file;
    this.out = out;
    int start = findFirst(file);
    Mp3Header header = Mp3Header.at(file, start);
    if (header == null) {
      throw new BadAudioException("no MP3 frame");
    }
    this.first = header;
    this.info = GaplessInfo.read(file, start, header);
    this.firstAudio = info == null ? start : start + header.length();
    this.toSkip = info == null || info.delay() < 0 ? 0 : info.delay() + DECODER_DELAY;
    this.planar = new float[header.channels()][header.samples()];
    out.begin(header.channels(), header.sampleRate());
  }

  public static boolean matches(byte[] file) {
    return findFirst(file) >= 0;
  }

  public static void decode(byte[] file, SampleBuffer out) throws BadAudioException {
    new Mp3Decoder(file, out).decode();
  }

  private void decode() throws BadAudioException {
    DamagedAudioException damage = null;
    long frames = 0;
    try {
      frames = countFrames();
    } catch (DamagedAudioException e) {
      damage = e;
    }
    decodeFrames();
    if (damage != null) {
      throw damage;
    }
    if (info != null && info.frames() > frames) {
      throw new DamagedAudioException(
          "truncated: %d of %d MP3 frames are there".formatted(frames, info.frames()));
    }
    if (info != null && info.delay() >= 0) {
      long total = frames * first.samples() - info.delay() - info.padding();
      out.truncate(Math.max(0, total));
    }
  }

  /** Follows the chain of frames and leaves the end of the last whole one in {@link #end}. */
  private long countFrames() throws DamagedAudioException {
    long frames = 0;
    end = firstAudio;
    while (end < file.length && !isTrailer(end)) {
      Mp3Header header = Mp3Header.at(file, end);
      if (header == null || !header.continues(first)) {
        throw new DamagedAudioException(
            (file.length - end < Mp3Header.BYTES ? "truncated" : "corrupt")
                + ": no MP3 frame at byte %d".formatted(end));
      }
      if (file.length - end < header.length()) {
        throw new DamagedAudioException("truncated in the MP3 frame at byte %d".formatted(end));
      }
      end += header.length();
      frames++;
    }
    return frames;
  }

  // JLayer reports corrupt frames by its own exceptions and by ArrayIndexOutOfBounds and other
  // RuntimeExceptions alike: to a caller they are the same thing.
  private void decodeFrames() throws BadAudioException {
    Bitstream frames = new Bitstream(new ByteArrayInputStream(file, firstAudio, end - firstAudio));
    Decoder decoder = new Decoder();
    javazoom.jl.decoder.SampleBuffer buffer =
        new javazoom.jl.decoder.SampleBuffer(first.sampleRate(), first.channels());
    decoder.setOutputBuffer(buffer);
    try {
      for (Header header = frames.readFrame(); header != null; header = frames.readFrame()) {
        buffer.clear_buffer();
        decoder.decodeFrame(header, frames);
        frames.closeFrame();
        append(buffer.getBuffer(), buffer.getBufferLength() / first.channels());
      }
    } catch (JavaLayerException | RuntimeException e) {
      throw new DamagedAudioException(
          "corrupt MP3 frame after %d samples".formatted(out.frames()), e);
    }
  }

  private void append(short[] interleaved, int decoded) throws BadAudioException {
    int channels = planar.length;
    int count = Math.min(decoded, first.samples());
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < count; i++) {
        planar[c][i] = interleaved[i * channels + c] / FULL_SCALE;
      }
    }
    int dropped = Math.min(toSkip, count);
    toSkip -= dropped;
    out.append(planar, dropped, count - dropped);
  }

  /** ID3v1, APE and lyrics tags, or zeros, behind the last frame. */
  private boolean isTrailer(int at) {
    if (ByteInput.matches(file, at, "TAG")
        || ByteInput.matches(file, at, "APETAGEX")
        || ByteInput.matches(file, at, "LYRICSBEGIN")
        || ByteInput.matches(file, at, "ID3")) {
      return true;
    }
    for (int i = at; i < file.length; i++) {
      if (file[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The first frame that another one or the end of the file follows; -1 where there is none. */
  private static int findFirst(byte[] file) {
    int start = skipTags(file);
    int limit = (int) Math.min(file.length, (long) start + SEARCH);
    for (int at = start; at < limit; at++) {
      Mp3Header header = Mp3Header.at(file, at);
      if (header != null) {
        int next = at + header.length();
        Mp3Header second = Mp3Header.at(file, next);
        if (second == null ? next == file.length : second.continues(header)) {
          return at;
        }
      }
    }
    return -1;
  }

  private static int skipTags(byte[] file) {
    int at = 0;
    while (ByteInput.matches(file, at, "ID3") && file.length - at >= 10) {
      int size =
          (file[at + 6] & 0x7f) << 21
              | (file[at + 7] & 0x7f) << 14
              | (file[at + 8] & 0x7f) << 7
              | file[at + 9] & 0x7f;
      at = Math.min(file.length, at + 10 + size);
    }
    return at;
  }
}
