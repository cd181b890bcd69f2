package io.voxtag.trainer.dataset;

import java.util.Locale;

/** What became of a labelled record. */
enum Placement {
  /** New to the store, and used. */
  ADDED,
  /** Its key had other audio before. */
  REPLACED,
  /** Its key had the same audio before, or another key of the same speaker has it. */
  REPEATED,
  /** An earlier record labels the same audio with another speaker; not used while that one is. */
  CONTESTED,
  /** Not usable; its key has no audio any more. */
  REFUSED,
  /** A tombstone of its own, or of its speaker, reaches it. */
  ERASED;

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
