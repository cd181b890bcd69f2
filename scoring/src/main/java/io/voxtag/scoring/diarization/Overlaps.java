package io.voxtag.scoring.diarization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Walks through reference and hypothesis at once and adds up who speaks beside whom. */
final class Overlaps {

  private final List<String> referenceNames;
  private final List<String> hypothesisNames;
  private final double[][] sharedMs;
  private long speakerMs;
  private long missedMs;
  private long falseAlarmMs;
  private long pairedMs;

  /**
   * At a time, something changes by one.
   *
   * @param row of whom: reference speakers, then those of the hypothesis, then the collar
   */
  private record Change(long atMs, int row, int by) {}

  Overlaps(List<Segment> reference, List<Segment> hypothesis, long collarMs) {
    referenceNames = names(reference);
    hypothesisNames = names(hypothesis);
    sharedMs = new double[referenceNames.size()][hypothesisNames.size()];
    int collar = referenceNames.size() + hypothesisNames.size();
    List<Change> changes = new ArrayList<>();
    for (Segment segment : joined(reference)) {
      int row = referenceNames.indexOf(segment.speaker());
      add(changes, segment.startMs(), segment.endMs(), row);
      for (long boundary : new long[] {segment.startMs(), segment.endMs()}) {
        add(changes, boundary - collarMs, boundary + collarMs, collar);
      }
    }
    for (Segment segment : joined(hypothesis)) {
      int row = referenceNames.size() + hypothesisNames.indexOf(segment.speaker());
      add(changes, segment.startMs(), segment.endMs(), row);
    }
    changes.sort(Comparator.comparingLong(Change::atMs));
    walk(changes, new int[collar + 1]);
  }

  private void walk(List<Change> changes, int[] active) {
    long fromMs = 0;
    for (Change change : changes) {
      if (change.atMs() > fromMs && active[active.length - 1] == 0) {
        count(active, change.atMs() - fromMs);
      }
      fromMs = change.atMs();
      active[change.row()] += change.by();
    }
  }

  private void count(int[] active, long ms) {
    int references = referenceNames.size();
    int said = (int) Arrays.stream(active, 0, references).filter(count -> count > 0).count();
    int found =
        (int)
            Arrays.stream(active, references, active.length - 1).filter(count -> count > 0).count();
    speakerMs += said * ms;
    missedMs += Math.max(0, said - found) * ms;
    falseAlarmMs += Math.max(0, found - said) * ms;
    pairedMs += Math.min(said, found) * ms;
    for (int i = 0; i < references; i++) {
      for (int j = 0; j < hypothesisNames.size() && active[i] > 0; j++) {
        sharedMs[i][j] += active[references + j] > 0 ? ms : 0;
      }
    }
  }

  private static void add(List<Change> changes, long fromMs, long toMs, int row) {
    changes.add(new Change(fromMs, row, 1));
    changes.add(new Change(toMs, row, -1));
  }

  private static List<String> names(List<Segment> segments) {
    return segments.stream().map(Segment::speaker).distinct().sorted().toList();
  }

  /** With what touches or overlaps of one speaker as one: only its outer boundaries are such. */
  private static List<Segment> joined(List<Segment> segments) {
    Stream<Segment> sorted =
        segments.stream()
            .sorted(Comparator.comparing(Segment::speaker).thenComparingLong(Segment::startMs));
    List<Segment> joined = new ArrayList<>();
    sorted.forEach(
        segment -> {
          Segment last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
          if (last != null
              && last.speaker().equals(segment.speaker())
              && segment.startMs() <= last.endMs()) {
            long end = Math.max(last.endMs(), segment.endMs());
            joined.set(joined.size() - 1, new Segment(last.startMs(), end, last.speaker()));
          } else {
            joined.add(segment);
          }
        });
    return joined;
  }

  List<String> referenceNames() {
    return referenceNames;
  }

  List<String> hypothesisNames() {
    return hypothesisNames;
  }

  /** [reference speakers, hypothesis speakers] time in which both speak, ms. */
  double[][] sharedMs() {
    return sharedMs;
  }

  /** Time of the reference speakers, ms. */
  long speakerMs() {
    return speakerMs;
  }

  long missedMs() {
    return missedMs;
  }

  long falseAlarmMs() {
    return falseAlarmMs;
  }

  /** Time in which somebody of the hypothesis stands beside somebody of the reference, ms. */
  long pairedMs() {
    return pairedMs;
  }
}
