package io.voxtag.console.live;

import io.voxtag.schemas.event.SpeakerTag;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One call and its legs. Not thread-safe. */
final class CallLog {

  private static final int MAX_LEGS = 64;

  private final String key;
  private final String callId;
  private final Map<LegId, LegLog> legs = new LinkedHashMap<>();
  private final Set<LegLog> changed = new LinkedHashSet<>();
  private Instant startedAt = Instant.MAX;
  private Instant lastNews = Instant.MIN;

  CallLog(String key, String callId) {
    this.key = key;
    this.callId = callId;
  }

  /** Takes a tag; false if it changes nothing, or the call has too many legs for another one. */
  boolean add(LegId id, SpeakerTag tag, Instant at, int maxStretches) {
    LegLog leg = legs.get(id);
    if (leg == null) {
      if (legs.size() >= MAX_LEGS) {
        return false;
      }
      // A leg that is taken over begins anew, and its old run gets no last tag any more.
      legs.values().stream()
          .filter(other -> other.id().channel() == id.channel())
          .forEach(this::end);
      leg = new LegLog(id, tag, maxStretches);
      legs.put(id, leg);
      startedAt = startedAt.isBefore(leg.startedAt()) ? startedAt : leg.startedAt();
    }
    if (!leg.add(tag)) {
      return false;
    }
    lastNews = lastNews.isAfter(at) ? lastNews : at;
    changed.add(leg);
    return true;
  }

  private void end(LegLog leg) {
    if (!leg.hasEnded()) {
      leg.end();
      changed.add(leg);
    }
  }

  /** Ends what goes on, because nothing was heard of it for long. */
  void giveUp() {
    legs.values().forEach(this::end);
  }

  boolean hasEnded() {
    return legs.values().stream().allMatch(LegLog::hasEnded);
  }

  boolean hasChanged() {
    return !changed.isEmpty();
  }

  String key() {
    return key;
  }

  String callId() {
    return callId;
  }

  Instant lastNews() {
    return lastNews;
  }

  Collection<LegId> legIds() {
    return legs.keySet();
  }

  LegLog leg(LegId id) {
    return legs.get(id);
  }

  CallView view() {
    return view(legs.values().stream().map(LegLog::view).toList());
  }

  /** What is new since this was asked last. */
  CallView changes() {
    CallView view = view(changed.stream().map(LegLog::changes).toList());
    changed.clear();
    return view;
  }

  private CallView view(List<LegView> shown) {
    return new CallView(key, callId, startedAt.toEpochMilli(), hasEnded(), shown);
  }
}
