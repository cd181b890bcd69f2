package io.voxtag.matcher.tagging;

import java.time.Duration;

/**
 * How much speech of a leg was heard before something firm was said of it.
 *
 * @param untilMs end of the last window, on the clock of the leg, milliseconds
 * @param speechMs net speech up to there, milliseconds; windows overlap, and of one that does its
 *     share of speech is taken
 * @param decided whether something firm was said, after which nothing is counted any more
 */
record SpeechHeard(long untilMs, long speechMs, boolean decided) {

  /** Nothing yet. */
  static final SpeechHeard NOTHING = new SpeechHeard(0, 0, false);

  /** Nothing is to be counted. */
  static final SpeechHeard DECIDED = new SpeechHeard(0, 0, true);

  /** With one more window. */
  SpeechHeard and(long startMs, long endMs, long netSpeechMs) {
    long length = endMs - startMs;
    if (decided || length <= 0 || endMs <= untilMs) {
      return this;
    }
    long fresh = endMs - Math.max(startMs, untilMs);
    return new SpeechHeard(endMs, speechMs + netSpeechMs * fresh / length, false);
  }

  Duration speech() {
    return Duration.ofMillis(speechMs);
  }
}
