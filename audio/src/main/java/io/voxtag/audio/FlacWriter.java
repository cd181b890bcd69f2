package io.voxtag.audio;

import io.voxtag.audio.flac.FlacEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes 16-bit FLAC files: lossless for what came from 16-bit audio or G.711. Thread-safe. */
public final class FlacWriter {

  private FlacWriter() {}

  public static void write(Path file, Recording recording) throws IOException {
    Files.write(file, encode(recording));
  }

  /**
   * The file; samples beyond full scale are clipped.
   *
   * @throws IllegalArgumentException if there are more than 8 channels, FLAC's limit
   */
  public static byte[] encode(Recording recording) {
    int channels = recording.channelCount();
    if (channels > 8) {
      throw new IllegalArgumentException(channels + " channels, FLAC has at most 8");
    }
    int[][] samples = new int[channels][recording.frames()];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < samples[c].length; i++) {
        samples[c][i] = Pcm16.quantise(recording.channels()[c][i]);
      }
    }
    return FlacEncoder.encode(samples, recording.sampleRate());
  }
}
