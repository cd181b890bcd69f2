package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import io.voxtag.voiceprint.arguments.NamedArguments;
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

  private final Spectrogram spectrogram;
  private final int mels;
  private final float[][] banks;

  DecibelFbank(Map<String, ?> values) {
    NamedArguments arguments = new NamedArguments("DecibelFbank", values, ARGUMENTS);
    int rate = arguments.integer("sample_rate", 16000, 1000, 192000);
    int fft = arguments.integer("n_fft", 400, 2, 65536);
    double longest = fft * 1000.0 / rate;
    double length = arguments.number("win_length", Math.min(25, longest), 1, longest);
    double hop = arguments.number("hop_length", 10, 1000.0 / rate, 1000);
    spectrogram =
        new Spectrogram(
            Map.of(
                "n_fft",
                fft,
                "win_length",
                samples(rate, length),
                "hop_length",
                samples(rate, hop),
                "window_fn",
                "hamming_window",
                "pad_mode",
                "constant"));
    mels = arguments.integer("n_mels", 40, 1, 1024);
    double low = arguments.number("f_min", 0, 0, rate / 2.0);
    double high = arguments.number("f_max", rate / 2.0, 0, rate / 2.0);
    if (low >= high) {
      throw arguments.wrong("f_min", low, "below f_max " + high + " Hz");
    }
    banks = Matrices.banksOfParts(new MelBanks(rate, fft, mels, low, high).symmetric());
  }

  private static int samples(int rate, double milliseconds) {
    return (int) Math.round(rate / 1000.0 * milliseconds);
  }

  @Override
  public NDArray extract(NDArray waveforms) {
    NDArray energies =
        spectrogram.extract(waveforms, Matrices.tensor(waveforms.getManager(), banks));
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
    return spectrogram.minSamples();
  }
}
