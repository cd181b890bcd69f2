package io.voxtag.bench.pipeline;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.Recording;
import io.voxtag.audio.Resampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Speech of the sample voices, as much of it as is asked for. */
final class Speech {
  static final int SAMPLE_RATE = 16_000;

  private final float[] samples;

  private Speech(float[] samples) {
    this.samples = samples;
  }

  /**
   * Reads all recordings under a folder and joins them.
   *
   * @throws IOException if there are none or one cannot be read
   */
  static Speech of(Path folder) throws IOException {
    List<float[]> parts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Recording recording = AudioFiles.read(file);
        parts.add(
            Resampler.resample(recording.mono().samples(), recording.sampleRate(), SAMPLE_RATE));
      }
    }
    int length = parts.stream().mapToInt(part -> part.length).sum();
    if (length == 0) {
      throw new IOException("no recordings in " + folder);
    }
    float[] joined = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return new Speech(joined);
  }

  /** A stretch that starts elsewhere for each number, going round where the recordings end. */
  float[] stretch(int number, int seconds) {
    float[] result = new float[seconds * SAMPLE_RATE];
    long start = 7_919L * SAMPLE_RATE * number / 10;
    for (int i = 0; i < result.length; i++) {
      result[i] = samples[(int) ((start + i) % samples.length)];
    }
    return result;
  }
}
