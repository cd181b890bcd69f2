package io.voxtag.testkit.speech;

import java.util.Random;

/** Rosenberg pulses with jitter, differentiated (lip radiation), dulled by the voice's tilt. */
final class GlottalSource {

  private static final double OPENING = 0.4;
  private static final double CLOSED_FROM = 0.6;
  private static final double JITTER = 0.01;

  private final int sampleRate;
  private final double smoothing;
  private final double breathiness;
  private final Random random;
  private double phase;
  private double jitter = 1;
  private double lastFlow;
  private double smoothed;

  GlottalSource(Voice voice, int sampleRate, Random random) {
    this.sampleRate = sampleRate;
    this.smoothing = 1 - Math.exp(-2 * Math.PI * voice.tiltHz() / sampleRate);
    this.breathiness = voice.breathiness();
    this.random = random;
  }

  double next(double pitchHz) {
    phase += pitchHz * jitter / sampleRate;
    if (phase >= 1) {
      phase -= 1;
      jitter = 1 + JITTER * random.nextGaussian();
    }
    double flow = flow(phase);
    // Scaled so that the slope means the same at every sample rate.
    double radiated = (flow - lastFlow) * sampleRate / 8_000;
    lastFlow = flow;
    smoothed += smoothing * (radiated - smoothed);
    return smoothed + breathiness * 0.1 * flow * random.nextGaussian();
  }

  private static double flow(double phase) {
    if (phase < OPENING) {
      return 0.5 * (1 - Math.cos(Math.PI * phase / OPENING));
    }
    if (phase < CLOSED_FROM) {
      return Math.cos(0.5 * Math.PI * (phase - OPENING) / (CLOSED_FROM - OPENING));
    }
    return 0;
  }
}
