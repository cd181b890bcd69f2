package io.voxtag.embedder.leg;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The records of a leg from which its unfinished windows can be made again, with the state of the
 * leg before each.
 */
final class Trail {

  /**
   * A record.
   *
   * @param offset its offset
   * @param streamTimeBefore stream time before it, ms
   * @param nextBefore the leg's next sample before it
   * @param quiet whether {@code nextBefore} was the whole state, with nothing waited for
   * @param end the end of its audio
   */
  record Step(long offset, long streamTimeBefore, long nextBefore, boolean quiet, long end) {}

  private final ArrayDeque<Step> steps = new ArrayDeque<>();

  void add(Step step) {
    steps.add(step);
  }

  /**
   * The latest record from which on all audio from sample {@code needed} comes, and before which
   * nothing was waited for. Forgets those before it, so {@code needed} must not go back.
   */
  Step from(long needed) {
    Step found = steps.getFirst();
    for (Iterator<Step> it = steps.iterator(); it.hasNext(); ) {
      Step step = it.next();
      if (step.quiet()) {
        found = step;
      }
      if (step.end() > needed) {
        break;
      }
    }
    while (steps.getFirst().offset() < found.offset()) {
      steps.removeFirst();
    }
    return found;
  }
}
