package io.voxtag.console.live;

import io.voxtag.schemas.event.SpeakerTag;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What was said of one run of a leg. Not thread-safe. */
final class LegLog {

  private static final int NOTHING = Integer.MAX_VALUE;

  private final LegId id;
  private final int maxStretches;
  private final Deque<Stretch> stretches = new ArrayDeque<>();
  private final Instant startedAt;
  private long lastWindow = -1;
  private int firstChanged = NOTHING;
  private String modelVersion = "";
  private int latencyMs;
  private boolean ended;

  LegLog(LegId id, SpeakerTag first, int maxStretches) {
    this.id = id;
    this.maxStretches = maxStretches;
    this.startedAt = first.getCapturedAt().minusMillis(first.getEndMs());
  }

  /** Takes the next tag; false if it was known already. */
  boolean add(SpeakerTag tag) {
    if (tag.getWindowIndex() <= lastWindow) {
      return false;
    }
    lastWindow = tag.getWindowIndex();
    modelVersion = tag.getModelVersion();
    latencyMs = tag.getLatencyMs();
    ended |= tag.getLast();
    Stretch last = stretches.peekLast();
    Stretch next;
    if (last != null && last.goesOnWith(tag)) {
      stretches.removeLast();
      next = last.with(tag);
    } else {
      next =
          last == null
              ? Stretch.of(tag, 0, tag.getStartMs())
              : Stretch.of(tag, last.number() + 1, Math.max(tag.getStartMs(), last.toMs()));
    }
    stretches.addLast(next);
    firstChanged = Math.min(firstChanged, next.number());
    if (stretches.size() > maxStretches) {
      stretches.removeFirst();
    }
    return true;
  }

  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  LegId id() {
    return id;
  }

  Instant startedAt() {
    return startedAt;
  }

  LegView view() {
    return view(List.copyOf(stretches));
  }

  /** What is new since this was asked last. */
  LegView changes() {
    int from = firstChanged;
    firstChanged = NOTHING;
    return view(stretches.stream().filter(stretch -> stretch.number() >= from).toList());
  }

  private LegView view(List<Stretch> shown) {
    int firstKept = stretches.isEmpty() ? 0 : stretches.getFirst().number();
    return new LegView(
        id.channel(), id.streamId(), ended, firstKept, modelVersion, latencyMs, shown);
  }

  /**
   * Between which times the audio of a stretch was captured, rather too wide than too narrow; empty
   * where nothing is known of it any more.
   */
  Optional<CaptureSpan> captured(long fromMs, long toMs) {
    Stretch end =
        stretches.stream()
            .filter(stretch -> stretch.toMs() >= toMs)
            .findFirst()
            .orElse(stretches.peekLast());
    if (end == null || stretches.getFirst().fromMs() > fromMs || end.toMs() < fromMs) {
      return Optional.empty();
    }
    // A leg that is played slower than live took longer than its clock says.
    Instant estimate = end.capturedAt().minusMillis(2 * Math.max(0, end.toMs() - fromMs));
    Instant earliest =
        stretches.stream()
            .filter(stretch -> stretch.toMs() <= fromMs)
            .reduce((first, second) -> second)
            .map(Stretch::capturedAt)
            .filter(estimate::isBefore)
            .orElse(estimate);
    return Optional.of(new CaptureSpan(earliest, end.capturedAt()));
  }
}
