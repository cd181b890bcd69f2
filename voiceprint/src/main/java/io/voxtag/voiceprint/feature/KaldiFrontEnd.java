package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Kaldi's way from samples to mel energies, which its filter banks and cepstra share. */
final class KaldiFrontEnd {
  static final Set<String> ARGUMENTS = arguments();

  final int mels;
  private final KaldiFrames frames;
  private final boolean power;
  private final boolean logarithm;
  private final float[][] banks;

  /**
   * Reads the arguments.
   *
   * @param power true for sums of powers, false for sums of magnitudes
   * @param logarithm true for their logarithms
   */
  KaldiFrontEnd(NamedArguments arguments, boolean power, boolean logarithm) {
    this.power = power;
    this.logarithm = logarithm;
    frames = new KaldiFrames(arguments);
    mels = arguments.integer("num_mel_bins", 23, 4, 512);
    double nyquist = frames.rate / 2.0;
    double low = arguments.number("low_freq", 20, 0, nyquist);
    double high = arguments.number("high_freq", 0, -nyquist, nyquist);
    high = high > 0 ? high : nyquist + high;
    if (low >= high) {
      throw arguments.wrong("low_freq", low, "below high_freq " + high + " Hz");
    }
    VocalTract tract = VocalTract.of(arguments, nyquist, low, high);
    float[][] rows = new MelBanks(frames.rate, frames.fft, mels, low, high).kaldi(tract);
    banks = power ? Matrices.banksOfParts(rows) : rows;
  }

  private static Set<String> arguments() {
    Set<String> names = new HashSet<>(KaldiFrames.ARGUMENTS);
    names.addAll(VocalTract.ARGUMENTS);
    names.addAll(Set.of("num_mel_bins", "low_freq", "high_freq", "htk_compat", "subtract_mean"));
    return Set.copyOf(names);
  }

  /**
   * What cepstra and filter banks are made of.
   *
   * @param mels [batch, frames, mels]
   * @param logEnergy of whole frames, [batch, frames, 1]; null where it is not used
   */
  record Energies(NDArray mels, @Nullable NDArray logEnergy) {}

  /** [batch, samples] to energies. */
  Energies energies(NDArray waveforms) {
    KaldiFrames.Windowed windowed = frames.of(waveforms);
    try (NDArray cut = windowed.frames();
        NDArray sums = sums(cut)) {
      if (!logarithm) {
        return new Energies(sums.duplicate(), windowed.logEnergy());
      }
      try (NDArray floored = sums.maximum(KaldiFrames.EPSILON)) {
        return new Energies(floored.log(), windowed.logEnergy());
      }
    }
  }

  private NDArray sums(NDArray cut) {
    NDManager manager = cut.getManager();
    NDArray weights = Matrices.tensor(manager, banks);
    return power
        ? Frames.power(cut, frames.fft, weights)
        : Frames.spectrum(cut, frames.fft, 1).matMul(weights);
  }

  /** Whether frames have an energy besides. */
  boolean useEnergy() {
    return frames.useEnergy;
  }

  int minSamples() {
    return frames.minSamples();
  }
}
