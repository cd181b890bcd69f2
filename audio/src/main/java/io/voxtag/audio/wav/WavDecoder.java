package io.voxtag.audio.wav;

import io.voxtag.audio.io.BadAudioException;
import io.voxtag.audio.io.ByteInput;
import io.voxtag.audio.io.DamagedAudioException;
import io.voxtag.audio.io.SampleBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads RIFF WAVE and RF64. A data size of 0 or near 2 or 4 GiB, as programs write that cannot seek
 * back, means "to the end of the file".
 */
public final class WavDecoder {

  private static final long UNKNOWN_SIZE = 0x7fff_0000L;
  private static final int BLOCK_FRAMES = 4096;

  private WavDecoder() {}

  public static boolean matches(byte[] file) {
    return ByteInput.matches(file, 8, "WAVE")
        && (ByteInput.matches(file, 0, "RIFF") || ByteInput.matches(file, 0, "RF64"));
  }

  public static void decode(byte[] file, SampleBuffer out) throws BadAudioException {
    ByteInput in = new ByteInput(file);
    boolean wide = in.tag().equals("RF64");
    long riffSize = in.u32();
    boolean openEnded = riffSize == 0 || riffSize >= UNKNOWN_SIZE || riffSize + 8 < file.length;
    in.skip(4);
    WavFormat format = null;
    long wideSize = 0;
    while (in.remaining() >= 8) {
      String name = in.tag();
      long size = in.u32();
      switch (name) {
        case "ds64" -> wideSize = readWideSize(in, size);
        case "fmt " -> format = readFormat(in, size, out);
        case "data" -> {
          long declared = wide && size == 0xffffffffL ? wideSize : size;
          boolean toTheEnd = declared >= UNKNOWN_SIZE || (declared == 0 && openEnded);
          readData(in, toTheEnd ? in.remaining() : declared, format, file, out);
          return;
        }
        default -> in.skip(Math.min(size + (size & 1), in.remaining()));
      }
    }
    throw new BadAudioException(
        format == null ? "truncated WAV: no fmt chunk" : "truncated WAV: no data chunk");
  }

  private static long readWideSize(ByteInput in, long size) throws BadAudioException {
    int start = in.position();
    in.skip(8);
    long dataSize = in.i64();
    in.skip(size + (size & 1) - (in.position() - start));
    return dataSize;
  }

  private static WavFormat readFormat(ByteInput in, long size, SampleBuffer out)
      throws BadAudioException {
    int start = in.position();
    WavFormat format = WavFormat.read(in, size);
    in.skip(size + (size & 1) - (in.position() - start));
    out.begin(format.channels(), format.sampleRate());
    return format;
  }

  private static void readData(
      ByteInput in, long size, @Nullable WavFormat format, byte[] file, SampleBuffer out)
      throws BadAudioException {
    if (format == null) {
      throw new BadAudioException("data chunk before the fmt chunk");
    }
    SampleReader reader = SampleReader.of(format);
    long frames = Math.min(size, in.remaining()) / format.frameBytes();
    float[][] block = new float[format.channels()][BLOCK_FRAMES];
    int at = in.position();
    for (long done = 0; done < frames; ) {
      int count = (int) Math.min(BLOCK_FRAMES, frames - done);
      for (int i = 0; i < count; i++) {
        for (float[] channel : block) {
          channel[i] = reader.read(file, at);
          at += format.sampleBytes();
        }
      }
      out.append(block, 0, count);
      done += count;
    }
    if (size > in.remaining()) {
      throw new DamagedAudioException(
          "truncated: the data chunk says %d bytes, %d are there".formatted(size, in.remaining()));
    }
  }
}
