package io.voxtag.audio;

/** What to do with a file that is truncated or becomes corrupt after some good audio. */
public enum Damage {
  /** Throw {@link AudioFormatException}. */
  REFUSE,
  /** Use the audio before the damage; a file without any is still refused. */
  KEEP_READABLE
}
