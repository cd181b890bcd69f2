package io.voxtag.console.live;

import io.voxtag.schemas.event.SpeakerTag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls of now and of a while ago, put together from their tags. Tags may come more than once,
 * as after a restart. Memory is bounded by the number of calls, of their legs and of the stretches
 * of each. Thread-safe.
 */
public final class LiveCalls {

  /** Longer ids are no work of ours, and are not kept. */
  private static final int MAX_ID = 256;

  /** A call of which nothing is heard for so long has ended, whether or not a tag said so. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private final int maxCalls;
  private final int maxStretches;
  private final Duration keepEnded;
  private final InstantSource clock;
  private final Map<String, CallLog> byKey = new LinkedHashMap<>();
  private final Map<String, CallLog> newestById = new HashMap<>();
  private final Map<LegId, CallLog> byLeg = new HashMap<>();
  private final List<String> gone = new ArrayList<>();
  private long nextKey;

  /**
   * @param maxCalls calls at most
   * @param maxStretches stretches of each leg at most
   * @param keepEnded how long ended calls stay
   */
  public LiveCalls(int maxCalls, int maxStretches, Duration keepEnded, InstantSource clock) {
    this.maxCalls = maxCalls;
    this.maxStretches = maxStretches;
    this.keepEnded = keepEnded;
    this.clock = clock;
  }

  /** Takes a tag; false if it changes nothing. */
  public synchronized boolean add(SpeakerTag tag) {
    Instant now = clock.instant();
    if (tooLong(tag.getCallId()) || tooLong(tag.getStreamId()) || tooLong(tag.getSpeakerId())) {
      return false;
    }
    if (tag.getCapturedAt().isBefore(now.minus(keepEnded).minus(SILENCE))) {
      return false;
    }
    LegId leg = new LegId(tag.getCallId(), tag.getChannel(), tag.getStreamId());
    CallLog call = callOf(leg);
    Instant at = tag.getCapturedAt().isBefore(now) ? tag.getCapturedAt() : now;
    if (!call.add(leg, tag, at, maxStretches)) {
      return false;
    }
    byLeg.put(leg, call);
    while (byKey.size() > maxCalls) {
      remove(leastInteresting());
    }
    return true;
  }

  private static boolean tooLong(@Nullable String id) {
    return id != null && id.length() > MAX_ID;
  }

  private CallLog callOf(LegId leg) {
    CallLog known = byLeg.get(leg);
    if (known != null) {
      return known;
    }
    CallLog newest = newestById.get(leg.callId());
    if (newest != null && !newest.hasEnded()) {
      return newest;
    }
    // An id that comes again is another call.
    CallLog fresh = new CallLog("c" + nextKey++, leg.callId());
    byKey.put(fresh.key(), fresh);
    newestById.put(leg.callId(), fresh);
    return fresh;
  }

  private CallLog leastInteresting() {
    return byKey.values().stream()
        .min(Comparator.comparing((CallLog c) -> !c.hasEnded()).thenComparing(CallLog::lastNews))
        .orElseThrow();
  }

  private void remove(CallLog call) {
    byKey.remove(call.key());
    newestById.remove(call.callId(), call);
    call.legIds().forEach(byLeg::remove);
    gone.add(call.key());
  }

  /** Ends calls that fell silent, and lets those go that ended long ago. */
  public synchronized void tidy() {
    Instant now = clock.instant();
    for (CallLog call : List.copyOf(byKey.values())) {
      if (call.lastNews().isBefore(now.minus(SILENCE))) {
        call.giveUp();
      }
      if (call.hasEnded() && call.lastNews().isBefore(now.minus(keepEnded))) {
        remove(call);
      }
    }
  }

  /** All calls, whole, the newest first. */
  public synchronized List<CallView> snapshot() {
    return byKey.values().stream()
        .map(CallLog::view)
        .sorted(Comparator.comparingLong(CallView::startedAt).reversed())
        .toList();
  }

  /** What changed since this was asked last. */
  public synchronized CallChanges changes() {
    List<CallView> calls =
        byKey.values().stream().filter(CallLog::hasChanged).map(CallLog::changes).toList();
    CallChanges changes = new CallChanges(calls, List.copyOf(gone));
    gone.clear();
    return changes;
  }

  /** When the audio of a stretch was captured; empty where it is not known any more. */
  public synchronized Optional<CaptureSpan> captured(LegId leg, long fromMs, long toMs) {
    return Optional.ofNullable(byLeg.get(leg))
        .flatMap(call -> call.leg(leg).captured(fromMs, toMs));
  }
}
