package io.voxtag.embedder.leg;

/**
 * A leg that is over: remembered for a while, so that a late repeat does not open it again.
 *
 * @param fingerprint of its key
 * @param end the end of its audio, samples
 * @param closedAt stream time when it was closed, ms
 * @param lastOffset its last record
 * @param firstOffset its first record; not part of a checkpoint
 */
record ClosedLeg(long fingerprint, long end, long closedAt, long lastOffset, long firstOffset) {

  /** Whether a successor from this offset on would meet the leg in its middle. */
  boolean isNeededFrom(long offset) {
    return lastOffset >= offset && firstOffset < offset;
  }
}
