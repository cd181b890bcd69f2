package io.voxtag.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes RIFF WAVE files. Thread-safe. */
public final class WavWriter {

  /** How samples are coded. */
  public enum Coding {
    /** Linear, 16 bits. */
    PCM_16(1, 2),
    /** IEEE float, 32 bits. */
    FLOAT_32(3, 4),
    /** G.711 A-law. */
    A_LAW(6, 1),
    /** G.711 mu-law. */
    MU_LAW(7, 1);

    private final int tag;
    private final int bytes;

    Coding(int tag, int bytes) {
      this.tag = tag;
      this.bytes = bytes;
    }
  }

  private WavWriter() {}

  public static void write(Path file, Recording recording, Coding coding) throws IOException {
    Files.write(file, encode(recording, coding));
  }

  /** The file; except in FLOAT_32, samples beyond full scale are clipped. */
  public static byte[] encode(Recording recording, Coding coding) {
    int channels = recording.channelCount();
    int frameBytes = channels * coding.bytes;
    int dataBytes = Math.multiplyExact(recording.frames(), frameBytes);
    int padding = dataBytes & 1;
    int formatBytes = coding == Coding.PCM_16 ? 16 : 18;
    int factBytes = coding == Coding.PCM_16 ? 0 : 12;
    int size = Math.addExact(dataBytes, 28 + formatBytes + factBytes + padding);
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    tag(out, "RIFF").putInt(size - 8);
    tag(out, "WAVE");
    tag(out, "fmt ").putInt(formatBytes);
    out.putShort((short) coding.tag).putShort((short) channels);
    out.putInt(recording.sampleRate()).putInt(recording.sampleRate() * frameBytes);
    out.putShort((short) frameBytes).putShort((short) (8 * coding.bytes));
    if (factBytes > 0) {
      out.putShort((short) 0);
      tag(out, "fact").putInt(4).putInt(recording.frames());
    }
    tag(out, "data").putInt(dataBytes);
    for (int i = 0; i < recording.frames(); i++) {
      for (float[] channel : recording.channels()) {
        put(out, channel[i], coding);
      }
    }
    return out.array();
  }

  private static void put(ByteBuffer out, float sample, Coding coding) {
    switch (coding) {
      case PCM_16 -> out.putShort(Pcm16.quantise(sample));
      case FLOAT_32 -> out.putFloat(sample);
      case A_LAW -> out.put(G711.A_LAW.encode(Pcm16.quantise(sample)));
      case MU_LAW -> out.put(G711.MU_LAW.encode(Pcm16.quantise(sample)));
    }
  }

  private static ByteBuffer tag(ByteBuffer out, String tag) {
    return out.put(tag.getBytes(StandardCharsets.US_ASCII));
  }
}
