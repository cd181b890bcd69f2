package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Set;

/**
 * Power spectrogram: frames centred on multiples of the hop, the ends mirrored, a periodic Hann
 * window, as torchaudio computes it.
 */
final class Spectrogram implements FeatureExtractor {
  static final Set<String> ARGUMENTS = Set.of("n_fft", "hop_length", "win_length");

  final int fft;
  private final int hop;
  private final float[] window;

  Spectrogram(Map<String, ?> arguments) {
    this(new FeatureArguments("Spectrogram", arguments, ARGUMENTS));
  }

  Spectrogram(FeatureArguments arguments) {
    fft = arguments.integer("n_fft", 400, 2, 65536);
    int length = arguments.integer("win_length", fft, 2, fft);
    hop = arguments.integer("hop_length", Math.max(1, length / 2), 1, 65536);
    window = new float[fft];
    // A window shorter than the transform sits in its middle.
    System.arraycopy(Matrices.hann(length), 0, window, (fft - length) / 2, length);
  }

  @Override
  public NDArray extract(NDArray waveforms) {
    return Frames.power(windowed(waveforms), fft);
  }

  /** [batch, samples] to the frames that are transformed: [batch, frames, fft]. */
  NDArray windowed(NDArray waveforms) {
    NDArray frames = Frames.cut(Frames.reflect(waveforms, fft / 2), fft, hop);
    return frames.mul(Matrices.tensor(waveforms.getManager(), window));
  }

  @Override
  public int bins() {
    return fft / 2 + 1;
  }

  @Override
  public int minSamples() {
    return fft / 2 + 1;
  }
}
