package io.voxtag.testkit.speech;

/** A two-pole resonance with unit gain at 0 Hz. */
final class Resonator {

  private final int sampleRate;
  private double gain = 1;
  private double feedback1;
  private double feedback2;
  private double last1;
  private double last2;

  Resonator(int sampleRate) {
    this.sampleRate = sampleRate;
  }

  /** Moves the resonance; above the band it passes signals unchanged. */
  void tune(double frequencyHz, double bandwidthHz) {
    if (frequencyHz > 0.46 * sampleRate) {
      gain = 1;
      feedback1 = 0;
      feedback2 = 0;
      return;
    }
    double radius = Math.exp(-Math.PI * bandwidthHz / sampleRate);
    feedback1 = 2 * radius * Math.cos(2 * Math.PI * frequencyHz / sampleRate);
    feedback2 = -radius * radius;
    gain = 1 - feedback1 - feedback2;
  }

  double next(double input) {
    double output = gain * input + feedback1 * last1 + feedback2 * last2;
    last2 = last1;
    last1 = output;
    return output;
  }
}
