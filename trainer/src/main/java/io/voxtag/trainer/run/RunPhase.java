package io.voxtag.trainer.run;

/** Where a run stands. */
public enum RunPhase {
  /** It waits for its turn. */
  QUEUED(false),
  /** It trains. */
  RUNNING(false),
  /** Its model is compared with the one in service. */
  EVALUATING(false),
  /** Its model was published as a candidate. */
  PUBLISHED(true),
  /** It was refused, or its model was. */
  REJECTED(true),
  /** It was cancelled. */
  CANCELLED(true),
  /** It could not go on. */
  FAILED(true);

  private final boolean over;

  RunPhase(boolean over) {
    this.over = over;
  }

  /** Whether nothing more happens in it. */
  public boolean isOver() {
    return over;
  }
}
