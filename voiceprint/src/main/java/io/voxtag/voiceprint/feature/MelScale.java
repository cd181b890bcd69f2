package io.voxtag.voiceprint.feature;

/** Pitch scales. */
enum MelScale {
  /** Logarithmic throughout, as HTK and Kaldi define it, up to a factor that cancels in banks. */
  HTK {
    @Override
    double mel(double hertz) {
      return Math.log1p(hertz / 700.0);
    }

    @Override
    double hertz(double mel) {
      return 700.0 * Math.expm1(mel);
    }
  },

  /** Linear below 1 kHz (Slaney: "Auditory Toolbox", 1998). */
  SLANEY {
    @Override
    double mel(double hertz) {
      return hertz < KNEE ? hertz / WIDTH : KNEE / WIDTH + Math.log(hertz / KNEE) / LOG_STEP;
    }

    @Override
    double hertz(double mel) {
      double beyond = mel - KNEE / WIDTH;
      return beyond < 0 ? mel * WIDTH : KNEE * Math.exp(LOG_STEP * beyond);
    }
  };

  /** Where the scale turns logarithmic, Hz. */
  private static final double KNEE = 1000;

  /** A step below the knee, Hz. */
  private static final double WIDTH = 200.0 / 3;

  private static final double LOG_STEP = Math.log(6.4) / 27;

  abstract double mel(double hertz);

  abstract double hertz(double mel);
}
