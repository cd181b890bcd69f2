package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Spectrogram as torchaudio computes it: by default power, frames centred on multiples of the hop,
 * the ends mirrored, a periodic Hann window.
 */
final class Spectrogram implements FeatureExtractor {
  private static final String POWER = "power";

  /** What a mel spectrogram takes, too. */
  static final Set<String> SHARED_ARGUMENTS =
      Set.of(
          "n_fft",
          "hop_length",
          "win_length",
          "pad",
          POWER,
          "normalized",
          "center",
          "pad_mode",
          "window_fn",
          "wkwargs");

  final int fft;
  private final int hop;
  private final int silence;
  private final boolean centred;
  private final PadMode padMode;
  private final double exponent;
  private final boolean oneSided;
  private final float[] window;

  Spectrogram(Map<String, ?> values) {
    this(new NamedArguments("Spectrogram", values, arguments()), true);
  }

  /**
   * One that something else is made of.
   *
   * @param twoSidedAllowed whether {@code onesided} may be false
   */
  Spectrogram(NamedArguments arguments, boolean twoSidedAllowed) {
    fft = arguments.integer("n_fft", 400, 2, 65536);
    int length = arguments.integer("win_length", fft, 2, fft);
    hop = arguments.integer("hop_length", Math.max(1, length / 2), 1, 65536);
    silence = arguments.integer("pad", 0, 0, 1 << 20);
    if (arguments.isEmpty(POWER)) {
      throw arguments.wrong(POWER, null, "a number: networks read no complex spectra");
    }
    exponent = arguments.positive(POWER, 2, 10);
    centred = arguments.flag("center", true);
    padMode =
        PadMode.valueOf(
            arguments
                .choice(
                    "pad_mode", "reflect", Set.of("reflect", "constant", "replicate", "circular"))
                .toUpperCase(Locale.ROOT));
    oneSided = !twoSidedAllowed || arguments.flag("onesided", true);
    double[] shape =
        Windows.torch(
            arguments.choice("window_fn", "hann_window", Windows.TORCH),
            length,
            new NamedArguments("wkwargs", arguments.nested("wkwargs"), Windows.TORCH_ARGUMENTS));
    double norm = norm(arguments, shape);
    window = new float[fft];
    for (int i = 0; i < length; i++) {
      // A window shorter than the transform sits in its middle.
      window[(fft - length) / 2 + i] = (float) (shape[i] / norm);
    }
  }

  private static Set<String> arguments() {
    Set<String> names = new HashSet<>(SHARED_ARGUMENTS);
    names.add("onesided");
    return names;
  }

  private double norm(NamedArguments arguments, double[] window) {
    String kind =
        arguments.choice("normalized", "false", Set.of("false", "true", "window", "frame_length"));
    double energy = 0;
    for (double weight : window) {
      energy += weight * weight;
    }
    return switch (kind) {
      case "false" -> 1;
      case "frame_length" -> Math.sqrt(fft);
      default -> Math.sqrt(energy);
    };
  }

  @Override
  public NDArray extract(NDArray waveforms) {
    NDArray half = Frames.spectrum(windowed(waveforms), fft, exponent);
    int mirrored = (fft - 1) / 2;
    if (oneSided || mirrored == 0) {
      return half;
    }
    NDArray other =
        half.get(new NDIndex().addAllDim().addAllDim().addSliceDim(1, mirrored + 1L)).flip(2);
    return NDArrays.concat(new NDList(half, other), 2);
  }

  /**
   * Spectra in bands: [batch, samples] to [batch, frames, bands].
   *
   * @param banks [fft / 2 + 1, bands], each row twice where the exponent is 2
   * @see #squaresInPairs()
   */
  NDArray extract(NDArray waveforms, NDArray banks) {
    NDArray frames = windowed(waveforms);
    return squaresInPairs()
        ? Frames.power(frames, fft, banks)
        : Frames.spectrum(frames, fft, exponent).matMul(banks);
  }

  /** Whether bands are sums of squares, whose real and imaginary parts a product can add up. */
  boolean squaresInPairs() {
    return exponent == 2;
  }

  /** [batch, samples] to the frames that are transformed: [batch, frames, fft]. */
  private NDArray windowed(NDArray waveforms) {
    NDArray longer = PadMode.CONSTANT.apply(waveforms, silence);
    NDArray padded = centred ? padMode.apply(longer, fft / 2) : longer;
    return Frames.cut(padded, fft, hop).mul(Matrices.tensor(waveforms.getManager(), window));
  }

  @Override
  public int bins() {
    return oneSided ? fft / 2 + 1 : fft;
  }

  @Override
  public int minSamples() {
    int padded = centred ? Math.max(padMode.minSamples(fft / 2), fft % 2 + 1) : fft;
    return Math.max(1, padded - 2 * silence);
  }
}
