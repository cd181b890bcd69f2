package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Set;

/**
 * Mel filter bank energies in decibels, as the SpeechBrain toolkit computes them: frames centred on
 * multiples of the hop with silence beyond the ends, a periodic Hamming window, triangles on the
 * Hertz axis that fall as fast as they rise, and at most 80 dB below the loudest value of a
 * waveform. {@code win_length} and {@code hop_length} are in milliseconds.
 */
final class DecibelFbank implements FeatureExtractor {
  private static final Set<String> ARGUMENTS =
      Set.of("sample_rate", "n_fft", "win_length", "hop_length", "n_mels", "f_min", "f_max");
  private static final float TOP_DB = 80;
  private static final float FLOOR = 1e-10f;
  private static final float DECIBELS = (float) (10 / Math.log(10));

  private final int fft;
  private final int hop;
  private final int mels;
  private final float[] window;
  private final float[][] banks;

  DecibelFbank(Map<String, ?> arguments) {
    FeatureArguments read = new FeatureArguments("DecibelFbank", arguments, ARGUMENTS);
    int rate = read.integer("sample_rate", 16000, 1000, 192000);
    fft = read.integer("n_fft", 400, 2, 65536);
    double longest = fft * 1000.0 / rate;
    int length = samples(rate, read.number("win_length", Math.min(25, longest), 1, longest));
    hop = samples(rate, read.number("hop_length", 10, 1000.0 / rate, 1000));
    mels = read.integer("n_mels", 40, 1, 1024);
    double low = read.number("f_min", 0, 0, rate / 2.0);
    double high = read.number("f_max", rate / 2, low, rate / 2.0);
    window = new float[fft];
    for (int i = 0; i < length; i++) {
      window[(fft - length) / 2 + i] = (float) (0.54 - 0.46 * Math.cos(2 * Math.PI * i / length));
    }
    banks = Matrices.banksOfParts(banks(rate, low, high));
  }

  private static int samples(int rate, double milliseconds) {
    return (int) Math.round(rate / 1000.0 * milliseconds);
  }

  private float[][] banks(int rate, double low, double high) {
    double lowMel = Matrices.mel(low);
    double step = (Matrices.mel(high) - lowMel) / (mels + 1);
    int bins = fft / 2 + 1;
    float[][] weights = new float[bins][mels];
    for (int m = 0; m < mels; m++) {
      double left = Matrices.hertz(lowMel + m * step);
      double centre = Matrices.hertz(lowMel + (m + 1) * step);
      for (int bin = 0; bin < bins; bin++) {
        double at = (double) (rate / 2) * bin / (bins - 1);
        double distance = Math.abs(at - centre) / (centre - left);
        weights[bin][m] = (float) Math.max(0, 1 - distance);
      }
    }
    return weights;
  }

  @Override
  public NDArray extract(NDArray waveforms) {
    long batch = waveforms.getShape().get(0);
    NDArray silence =
        waveforms.getManager().zeros(new Shape(batch, fft / 2), waveforms.getDataType());
    NDArray padded = ai.djl.ndarray.NDArrays.concat(new NDList(silence, waveforms, silence), 1);
    NDArray frames =
        Frames.cut(padded, fft, hop).mul(Matrices.tensor(waveforms.getManager(), window));
    NDArray energies = Frames.power(frames, fft, Matrices.tensor(waveforms.getManager(), banks));
    NDArray decibels = energies.maximum(FLOOR).log().mul(DECIBELS);
    // The loudest value of each waveform, not of the batch: others must not change the result.
    NDArray loudest = decibels.max(new int[] {2}, true).max(new int[] {1}, true);
    return decibels.maximum(loudest.sub(TOP_DB));
  }

  @Override
  public int bins() {
    return mels;
  }

  @Override
  public int minSamples() {
    return fft / 2;
  }
}
