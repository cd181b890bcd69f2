package io.voxtag.console.state;

import io.voxtag.schemas.event.TrainingEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The latest training runs with their curves. Thread-safe. */
public final class Runs {

  private static final int MOST_RUNS = 20;
  private static final int MOST_MOMENTS = 600;

  private final Map<String, List<RunView>> runs = new LinkedHashMap<>();

  /** Takes an event in. */
  public synchronized RunView take(TrainingEvent event) {
    RunView view = RunView.of(event);
    List<RunView> moments = runs.computeIfAbsent(view.id(), id -> new ArrayList<>());
    moments.add(view);
    if (moments.size() > MOST_MOMENTS) {
      thin(moments);
    }
    if (runs.size() > MOST_RUNS) {
      runs.remove(runs.keySet().iterator().next());
    }
    return view;
  }

  /** Every other moment of the first half goes: a curve keeps its shape. */
  private static void thin(List<RunView> moments) {
    for (int i = MOST_MOMENTS / 2; i > 0; i -= 2) {
      moments.remove(i);
    }
  }

  /** All moments, run by run, the oldest first. */
  public synchronized List<RunView> all() {
    return runs.values().stream().flatMap(List::stream).toList();
  }
}
