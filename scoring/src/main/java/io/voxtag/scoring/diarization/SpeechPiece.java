package io.voxtag.scoring.diarization;

/**
 * A window of a recording whose voice is looked at, and the part of it that the answer is for. All
 * in frames of 10 ms, ends exclusive.
 *
 * @param from first frame of the window
 * @param to its end
 * @param ownFrom first frame that is nearer to the middle of this window than to that of another
 * @param ownTo end of these frames
 * @param region number of the stretch of speech that it lies in, from 0
 */
public record SpeechPiece(int from, int to, int ownFrom, int ownTo, int region) {

  /** Length of a frame, ms. */
  public static final int FRAME_MS = 10;
}
