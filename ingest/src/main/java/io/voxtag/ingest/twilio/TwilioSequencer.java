package io.voxtag.ingest.twilio;

import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.RefusedStreamException;
import io.voxtag.ingest.twilio.TwilioMessage.Sequenced;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts messages in the order of their numbers. What is ahead of a missing one is held back, until
 * it comes, or too many are held, or the caller waits no longer. Numbers wrap around at 2^32 and
 * are compared as in RFC 1982. Not thread-safe.
 */
final class TwilioSequencer {

  /** How far a number may be from the one expected. */
  static final int MAX_JUMP = 1000;

  private final int window;
  private final Map<Integer, Sequenced> held = new HashMap<>();
  private int next;

  /**
   * @param first number of the first message to come
   * @param window most messages held back
   */
  TwilioSequencer(int first, int window) {
    this.next = first;
    this.window = window;
  }

  /** The number that is expected next. */
  int next() {
    return next;
  }

  /** Whether messages are held back because one is missing. */
  boolean isWaiting() {
    return !held.isEmpty();
  }

  /** Whether the message was seen already, or its place was given up. */
  boolean isLate(Sequenced message) {
    return message.sequence() - next < 0 || held.containsKey(message.sequence());
  }

  /**
   * Takes a message that is not late, and gives those whose turn it is.
   *
   * @throws RefusedStreamException if its number is too far from the others
   */
  List<Sequenced> offer(Sequenced message) throws RefusedStreamException {
    requireNear(message);
    held.put(message.sequence(), message);
    List<Sequenced> ready = new ArrayList<>();
    takeReady(ready);
    while (held.size() > window) {
      skipGap(ready);
    }
    return ready;
  }

  /**
   * Refuses numbers that make no sense after what came before, forwards and backwards.
   *
   * @throws RefusedStreamException if this is one
   */
  void requireNear(Sequenced message) throws RefusedStreamException {
    int jump = message.sequence() - next;
    if (jump > MAX_JUMP || jump < -MAX_JUMP) {
      throw new RefusedStreamException(
          Closing.REFUSED,
          "sequenceNumber is %s where %s was next; must be within %d of it"
              .formatted(
                  Integer.toUnsignedString(message.sequence()),
                  Integer.toUnsignedString(next),
                  MAX_JUMP));
    }
  }

  /** Gives up what is missing: all messages that are held, in order. */
  List<Sequenced> drain() {
    List<Sequenced> ready = new ArrayList<>();
    while (!held.isEmpty()) {
      skipGap(ready);
    }
    return ready;
  }

  private void skipGap(List<Sequenced> ready) {
    while (!held.containsKey(next)) {
      next++;
    }
    takeReady(ready);
  }

  private void takeReady(List<Sequenced> ready) {
    for (Sequenced message = held.remove(next); message != null; message = held.remove(next)) {
      ready.add(message);
      next++;
    }
  }
}
