package io.voxtag.trainer.run;

/** Ends a training from inside: it was cancelled, its data is gone, or the trainer stops. */
public final class RunStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why it ended. */
  public enum Reason {
    /** Somebody cancelled it. */
    CANCELLED,
    /** A speaker whose recordings it uses was erased: it begins anew without them. */
    DATA_ERASED,
    /** The trainer stops: it goes on when the trainer is back. */
    TRAINER_STOPS
  }

  private final Reason reason;

  public RunStoppedException(Reason reason) {
    super("The training ends: " + reason);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
