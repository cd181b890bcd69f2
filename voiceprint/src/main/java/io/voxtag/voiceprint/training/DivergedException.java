package io.voxtag.voiceprint.training;

/** The loss of a run is no longer a number. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(long step, double learningRate) {
    super(
        "the loss is not a number at step "
            + step
            + " with learning rate "
            + learningRate
            + "; the last checkpoint is good, a lower learning rate may help");
  }
}
