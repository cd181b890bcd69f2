package io.voxtag.scoring.diarization;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts speech into overlapping windows that do not reach over pauses, so that few of them hold two
 * voices.
 *
 * @param windowMs length of a window, ms
 * @param hopMs from the start of one to that of the next, ms
 * @param shortestMs least length of a window, ms; shorter speech is taken with what is around it
 * @param bridgeMs longest pause that does not end a stretch of speech, ms
 */
public record SpeechPieces(int windowMs, int hopMs, int shortestMs, int bridgeMs) {

  /** 1.5 s every 0.5 s, at least 0.5 s; over pauses of up to 0.3 s. */
  public static final SpeechPieces DEFAULT = new SpeechPieces(1500, 500, 500, 300);

  /** Lengths are multiples of this, so that few differ and windows share batches, in frames. */
  private static final int STEP = 25;

  public SpeechPieces {
    int step = STEP * SpeechPiece.FRAME_MS;
    if (shortestMs < step || windowMs < shortestMs) {
      throw new IllegalArgumentException(
          "windows of %d to %d ms, must be at least %d and the longest no shorter than the shortest"
              .formatted(shortestMs, windowMs, step));
    }
    if (windowMs % step != 0 || shortestMs % step != 0) {
      throw new IllegalArgumentException(
          "windows of %d and %d ms, must be multiples of %d".formatted(windowMs, shortestMs, step));
    }
    if (hopMs < SpeechPiece.FRAME_MS || hopMs > windowMs || bridgeMs < 0) {
      throw new IllegalArgumentException(
          "hop %d ms and bridge %d ms, must be from %d to the window's %d, and 0 or more"
              .formatted(hopMs, bridgeMs, SpeechPiece.FRAME_MS, windowMs));
    }
  }

  /**
   * The windows of a recording, in order.
   *
   * @param speech a flag for each frame of 10 ms
   * @throws ShortRecordingException if there is speech, but fewer frames than a shortest window
   */
  public List<SpeechPiece> cut(boolean[] speech) {
    List<SpeechPiece> pieces = new ArrayList<>();
    int region = 0;
    int from = next(speech, 0);
    while (from < speech.length) {
      int to = end(speech, from);
      cut(from, to, region++, speech.length, pieces);
      from = next(speech, to);
    }
    return pieces;
  }

  private static int next(boolean[] speech, int from) {
    int next = from;
    while (next < speech.length && !speech[next]) {
      next++;
    }
    return next;
  }

  /** Behind the last speech before a pause that is too long to bridge. */
  private int end(boolean[] speech, int from) {
    int end = from;
    for (int i = from; i < speech.length && i - end <= bridgeMs / SpeechPiece.FRAME_MS; i++) {
      if (speech[i]) {
        end = i + 1;
      }
    }
    return end;
  }

  private void cut(int from, int to, int region, int frames, List<SpeechPiece> pieces) {
    int window = windowMs / SpeechPiece.FRAME_MS;
    if (to - from <= window) {
      pieces.add(whole(from, to, region, frames));
      return;
    }
    int hop = hopMs / SpeechPiece.FRAME_MS;
    // As many as the hop asks for, spread evenly so that the last one ends with the speech.
    int count = (to - from - window + hop - 1) / hop + 1;
    int ownFrom = from;
    for (int i = 0; i < count; i++) {
      int start = start(from, to, i, count);
      int next = i + 1 < count ? start(from, to, i + 1, count) : start;
      int ownTo = i + 1 < count ? (start + next + window) / 2 : to;
      pieces.add(new SpeechPiece(start, start + window, ownFrom, ownTo, region));
      ownFrom = ownTo;
    }
  }

  private int start(int from, int to, int piece, int count) {
    return from
        + (int) ((long) (to - from - windowMs / SpeechPiece.FRAME_MS) * piece / (count - 1));
  }

  private SpeechPiece whole(int from, int to, int region, int frames) {
    int least = Math.max(to - from, shortestMs / SpeechPiece.FRAME_MS);
    int length = Math.min((least + STEP - 1) / STEP * STEP, frames);
    if (length < shortestMs / SpeechPiece.FRAME_MS) {
      throw new ShortRecordingException(frames * SpeechPiece.FRAME_MS, shortestMs);
    }
    int start = Math.max(0, Math.min(frames - length, (from + to - length) / 2));
    return new SpeechPiece(start, start + length, from, to, region);
  }
}
