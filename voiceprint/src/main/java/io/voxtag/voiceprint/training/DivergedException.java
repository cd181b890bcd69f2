package io.voxtag.voiceprint.training;

import java.util.Locale;

/** The loss or a weight of a run is no longer a number. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(String what, long step, long epoch, double learningRate) {
    super(
        String.format(
            Locale.ROOT,
            "%s is not a number at step %d, in epoch %d, with learning rate %.3g; the last"
                + " checkpoint is good, a lower learning rate may help",
            what,
            step,
            epoch,
            learningRate));
  }
}
