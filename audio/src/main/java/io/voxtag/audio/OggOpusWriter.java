package io.voxtag.audio;

import io.voxtag.audio.ogg.OggOpusEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Writes mono Opus in Ogg. Thread-safe. */
public final class OggOpusWriter {

  /** Bit rate of {@link #write}, bits a second: ample for one wideband voice. */
  public static final int SPEECH_BIT_RATE = 40_000;

  private OggOpusWriter() {}

  public static void write(Path file, Pcm pcm) throws IOException {
    Files.write(file, encode(pcm, SPEECH_BIT_RATE));
  }

  /**
   * The file. Audio at a rate that Opus does not know is resampled to the next higher one, at most
   * 48 kHz; samples beyond full scale are clipped.
   *
   * @param bitRate bits a second, 6000 to 510000
   */
  public static byte[] encode(Pcm pcm, int bitRate) {
    int rate =
        IntStream.of(8_000, 12_000, 16_000, 24_000)
            .filter(supported -> pcm.sampleRate() <= supported)
            .findFirst()
            .orElse(48_000);
    float[] samples = pcm.resampled(rate).samples();
    short[] quantised = new short[samples.length];
    for (int i = 0; i < samples.length; i++) {
      quantised[i] = Pcm16.quantise(samples[i]);
    }
    return OggOpusEncoder.encode(quantised, rate, rate, bitRate);
  }
}
