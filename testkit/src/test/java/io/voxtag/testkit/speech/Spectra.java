package io.voxtag.testkit.speech;

/** Simple measures of signals, for checks. */
final class Spectra {

  private static final int BANDS = 32;

  private Spectra() {}

  static double rms(float[] signal) {
    return rms(signal, 0, signal.length);
  }

  static double peak(float[] signal) {
    double peak = 0;
    for (float sample : signal) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  /** Share of the frames with a root mean square below this. */
  static double quietShare(float[] signal, int frame, double below) {
    int quiet = 0;
    int frames = signal.length / frame;
    for (int i = 0; i < frames; i++) {
      if (rms(signal, i * frame, frame) < below) {
        quiet++;
      }
    }
    return quiet / (double) frames;
  }

  /** Log power in bands from 80 Hz to 7 kHz, a ratio apart, averaged over loud frames. */
  static double[] meanLogBands(float[] signal, int rate) {
    int frame = rate / 20;
    double[] mean = new double[BANDS];
    int loud = 0;
    for (int from = 0; from + frame <= signal.length; from += frame) {
      if (rms(signal, from, frame) < 0.03) {
        continue;
      }
      loud++;
      for (int band = 0; band < BANDS; band++) {
        double frequency = 80 * Math.pow(7_000 / 80.0, band / (BANDS - 1.0));
        mean[band] += Math.log(1e-9 + power(signal, from, frame, frequency / rate));
      }
    }
    for (int band = 0; band < BANDS; band++) {
      mean[band] /= loud;
    }
    return mean;
  }

  static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private static double rms(float[] signal, int from, int length) {
    double energy = 0;
    for (int i = from; i < from + length; i++) {
      energy += signal[i] * signal[i];
    }
    return Math.sqrt(energy / length);
  }

  private static double power(float[] signal, int from, int length, double cyclesPerSample) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < length; i++) {
      double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / length);
      double angle = 2 * Math.PI * cyclesPerSample * i;
      re += window * signal[from + i] * Math.cos(angle);
      im += window * signal[from + i] * Math.sin(angle);
    }
    return (re * re + im * im) / length;
  }
}
