package io.voxtag.console.state;

import io.voxtag.schemas.event.SpeakerTag;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The latest windows of the latest calls. A call that nothing is heard of, or that is over, is
 * forgotten after a time. Thread-safe.
 */
public final class Calls {

  private static final int MOST_LEGS = 32;

  private final int mostCalls;
  private final int mostWindows;
  private final long keptMs;
  // By the time of their last window, the newest last.
  private final LinkedHashMap<String, Call> calls = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Call {
    private final Map<Integer, Leg> legs = new TreeMap<>();
    private long heardAt;
  }

  private static final class Leg {
    private String stream = "";
    private final ArrayDeque<TagView> windows = new ArrayDeque<>();
  }

  /**
   * No calls yet.
   *
   * @param mostCalls of more, the newest
   * @param mostWindows of a leg; of more, the newest
   * @param kept how long a call stays after its last window
   */
  public Calls(int mostCalls, int mostWindows, Duration kept) {
    if (mostCalls < 1 || mostWindows < 1) {
      throw new IllegalArgumentException(
          "voxtag.console.calls is %d and voxtag.console.windows is %d, must be at least 1"
              .formatted(mostCalls, mostWindows));
    }
    this.mostCalls = mostCalls;
    this.mostWindows = mostWindows;
    this.keptMs = kept.toMillis();
  }

  /**
   * Takes a window in.
   *
   * @param now ms since the epoch
   * @return what is new of it
   */
  public synchronized TagView take(SpeakerTag tag, long now) {
    TagView view = TagView.of(tag);
    Call call = calls.computeIfAbsent(view.call(), id -> new Call());
    call.heardAt = now;
    if (call.legs.containsKey(view.leg()) || call.legs.size() < MOST_LEGS) {
      Leg leg = call.legs.computeIfAbsent(view.leg(), channel -> new Leg());
      if (!leg.stream.equals(view.stream())) {
        // A new call under an old name.
        leg.stream = view.stream();
        leg.windows.clear();
      }
      leg.windows.add(view);
      if (leg.windows.size() > mostWindows) {
        leg.windows.remove();
      }
    }
    forget(now);
    return view;
  }

  private void forget(long now) {
    Iterator<Call> oldest = calls.values().iterator();
    while (oldest.hasNext()) {
      boolean tooMany = calls.size() > mostCalls;
      if (now - oldest.next().heardAt <= keptMs && !tooMany) {
        return;
      }
      oldest.remove();
    }
  }

  /** All windows that are remembered, those of the call that was heard last at the end. */
  public synchronized List<TagView> all(long now) {
    forget(now);
    List<TagView> views = new ArrayList<>();
    calls.values().forEach(call -> call.legs.values().forEach(leg -> views.addAll(leg.windows)));
    return views;
  }
}
