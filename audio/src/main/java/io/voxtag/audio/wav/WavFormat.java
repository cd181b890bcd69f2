package io.voxtag.audio.wav;

import io.voxtag.audio.io.BadAudioException;
import io.voxtag.audio.io.ByteInput;

/** The {@code fmt } chunk: coding, channels, rate (Hz) and container size of a sample (bytes). */
record WavFormat(Coding coding, int channels, long sampleRate, int sampleBytes) {

  enum Coding {
    PCM,
    FLOAT,
    A_LAW,
    MU_LAW
  }

  private static final int EXTENSIBLE = 0xfffe;

  int frameBytes() {
    return channels * sampleBytes;
  }

  static WavFormat read(ByteInput in, long size) throws BadAudioException {
    if (size < 16) {
      throw new BadAudioException("fmt chunk of %d bytes, must be 16 or more".formatted(size));
    }
    int tag = in.u16();
    int channels = in.u16();
    long rate = in.u32();
    in.skip(4);
    int frameBytes = in.u16();
    int bits = in.u16();
    if (tag == EXTENSIBLE) {
      tag = subFormat(in, size);
    }
    if (channels == 0) {
      throw new BadAudioException("no channels, must be 1 or more");
    }
    Coding coding = coding(tag);
    int sampleBytes = frameBytes / channels;
    boolean fits =
        frameBytes % channels == 0
            && bits <= 8 * sampleBytes
            && bits > 8 * (sampleBytes - 1)
            && allowed(coding, sampleBytes);
    if (!fits) {
      throw new BadAudioException(
          "%d bits in %d bytes a frame of %d channels, must be PCM of 8, 16, 24 or 32 bits, float of 32 or 64, or G.711 of 8"
              .formatted(bits, frameBytes, channels));
    }
    return new WavFormat(coding, channels, rate, sampleBytes);
  }

  private static int subFormat(ByteInput in, long size) throws BadAudioException {
    if (size < 40) {
      throw new BadAudioException(
          "extensible fmt chunk of %d bytes, must be 40 or more".formatted(size));
    }
    in.skip(8);
    return in.u16();
  }

  private static Coding coding(int tag) throws BadAudioException {
    return switch (tag) {
      case 1 -> Coding.PCM;
      case 3 -> Coding.FLOAT;
      case 6 -> Coding.A_LAW;
      case 7 -> Coding.MU_LAW;
      default ->
          throw new BadAudioException(
              "WAV format tag 0x%04x, must be PCM (1), float (3), A-law (6) or mu-law (7)"
                  .formatted(tag));
    };
  }

  private static boolean allowed(Coding coding, int bytes) {
    return switch (coding) {
      case PCM -> bytes >= 1 && bytes <= 4;
      case FLOAT -> bytes == 4 || bytes == 8;
      case A_LAW, MU_LAW -> bytes == 1;
    };
  }
}
