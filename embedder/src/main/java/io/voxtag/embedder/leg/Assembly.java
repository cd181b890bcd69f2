package io.voxtag.embedder.leg;

import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the chunks of a leg in the order of its sample clock. Repeats are dropped, overlaps count
 * once (the earlier start wins), a missing stretch is waited for until enough has come behind it.
 */
final class Assembly {

  /** How a chunk came. */
  enum Arrival {
    /** It begins where the audio so far ends, and nothing was waited for. */
    IN_ORDER,
    /** All of it was there already. */
    REPEATED,
    /** Anything else: ahead of a missing stretch, filling one, or overlapping. */
    OUT_OF_ORDER
  }

  /** Takes the audio in order. */
  interface Output {
    /** The chunk without its first {@code skip} samples. */
    void append(PlacedChunk chunk, int skip);

    /** A stretch that is lost; {@code behind} is the chunk after it. */
    void gap(long samples, PlacedChunk behind);
  }

  /** Bounds memory where a sender repeats a chunk at ever new places. */
  private static final int MAX_AHEAD = 64;

  private final long reorderSamples;
  private final int reorderChunks;
  private final Output output;
  private final TreeMap<Long, PlacedChunk> ahead = new TreeMap<>();
  private long next;
  private long furthest;

  Assembly(long next, long reorderSamples, int reorderChunks, Output output) {
    this.next = next;
    this.furthest = next;
    this.reorderSamples = reorderSamples;
    this.reorderChunks = reorderChunks;
    this.output = output;
  }

  /** The first sample that is not there yet. */
  long next() {
    return next;
  }

  /** The end of what has come, missing stretches or not. */
  long furthest() {
    return furthest;
  }

  /** Whether nothing is waited for. */
  boolean isQuiet() {
    return ahead.isEmpty();
  }

  Arrival accept(PlacedChunk chunk) {
    PlacedChunk twin = ahead.get(chunk.start());
    if (chunk.end() < next
        || (chunk.start() < next && chunk.end() == next)
        || (twin != null && twin.end() >= chunk.end())) {
      return Arrival.REPEATED;
    }
    furthest = Math.max(furthest, chunk.end());
    if (ahead.isEmpty() && chunk.start() == next) {
      append(chunk);
      return Arrival.IN_ORDER;
    }
    ahead.put(chunk.start(), chunk);
    drain(false);
    return Arrival.OUT_OF_ORDER;
  }

  /** Gives out all there is, with gaps for what is still missing. */
  void finish() {
    drain(true);
  }

  private void drain(boolean all) {
    while (!ahead.isEmpty()) {
      Map.Entry<Long, PlacedChunk> first = ahead.firstEntry();
      if (first.getKey() > next) {
        boolean lost = furthest - next > reorderSamples && ahead.size() > reorderChunks;
        if (!all && !lost && ahead.size() <= MAX_AHEAD) {
          return;
        }
        output.gap(first.getKey() - next, first.getValue());
        next = first.getKey();
      }
      ahead.pollFirstEntry();
      if (first.getValue().end() > next || first.getKey() == next) {
        append(first.getValue());
      }
    }
  }

  private void append(PlacedChunk chunk) {
    int skip = Math.toIntExact(next - chunk.start());
    next = chunk.end();
    output.append(chunk, skip);
  }
}
