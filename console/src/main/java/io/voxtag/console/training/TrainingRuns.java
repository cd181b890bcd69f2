package io.voxtag.console.training;

import io.voxtag.console.training.RunView.Point;
import io.voxtag.schemas.event.TrainingEvent;
import io.voxtag.schemas.event.TrainingPhase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Trainings as their events tell of them; the newest ones, with thinned curves. Thread-safe. */
public final class TrainingRuns {

  private static final int MAX_RUNS = 50;
  private static final int MAX_POINTS = 400;
  private static final int MAX_ID = 256;
  private static final Set<TrainingPhase> LAST =
      EnumSet.of(
          TrainingPhase.REJECTED,
          TrainingPhase.PUBLISHED,
          TrainingPhase.CANCELLED,
          TrainingPhase.FAILED);

  private final Map<String, Run> runs = new LinkedHashMap<>();

  private static final class Run {

    private final long startedAt;
    private final List<Point> curve = new ArrayList<>();
    private TrainingEvent last;
    // Every how many-th point is kept, so that a long run keeps its shape in bounded memory.
    private int stride = 1;
    private int seen;

    Run(TrainingEvent first) {
      this.startedAt = first.getAt().toEpochMilli();
      this.last = first;
    }

    void add(TrainingEvent event) {
      last = event;
      if (event.getLoss() == null && event.getEer() == null) {
        return;
      }
      if (event.getEer() != null || seen++ % stride == 0) {
        curve.add(
            new Point(
                event.getAt().toEpochMilli(),
                event.getEpoch(),
                event.getLoss(),
                event.getAccuracy(),
                event.getEer()));
      }
      if (curve.size() > MAX_POINTS) {
        thin();
      }
    }

    private void thin() {
      stride *= 2;
      List<Point> kept = new ArrayList<>();
      for (int i = 0; i < curve.size(); i += 2) {
        kept.add(curve.get(i));
      }
      curve.clear();
      curve.addAll(kept);
    }

    RunView view() {
      return new RunView(
          last.getRequestId(),
          last.getPhase().name(),
          startedAt,
          last.getAt().toEpochMilli(),
          last.getEpoch(),
          last.getEpochs(),
          LAST.contains(last.getPhase()),
          last.getSamplesPerSecond(),
          last.getRemainingMs(),
          last.getModelVersion(),
          last.getDetail(),
          List.copyOf(curve));
    }
  }

  /** Forgets all runs: they come anew. */
  public synchronized void restart() {
    runs.clear();
  }

  /** Takes an event. */
  public synchronized void add(TrainingEvent event) {
    if (event.getRequestId().length() > MAX_ID) {
      return;
    }
    runs.computeIfAbsent(event.getRequestId(), id -> new Run(event)).add(event);
    if (runs.size() > MAX_RUNS) {
      runs.remove(runs.keySet().iterator().next());
    }
  }

  /** All runs, the newest first. */
  public synchronized List<RunView> runs() {
    List<RunView> views = new ArrayList<>();
    runs.values().forEach(run -> views.add(run.view()));
    Collections.reverse(views);
    return List.copyOf(views);
  }
}
