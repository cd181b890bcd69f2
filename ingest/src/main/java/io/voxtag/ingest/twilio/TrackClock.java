package io.voxtag.ingest.twilio;

import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.RefusedStreamException;
import io.voxtag.ingest.twilio.TwilioMessage.Media;

/**
 * Says at which sample the audio of a message begins. All tracks of a stream have one clock, which
 * begins with the stream. Timestamps jitter by some milliseconds where nothing is missing; a
 * missing message, or a timestamp further ahead than jitter, is a gap. Not thread-safe.
 */
final class TrackClock {

  private static final int SAMPLES_A_MS = 8;
  private static final long JITTER = 40 * SAMPLES_A_MS;
  private static final long MAX_GAP_MS = 3_600_000;

  private long chunk = -1;
  private long position;

  /** Whether audio of this message was there before. */
  boolean isRepeat(Media media) {
    return media.chunk() <= chunk;
  }

  /** Where audio without a gap would go on. */
  long position() {
    return position;
  }

  /**
   * Places a message that is no repeat: the sample at which it begins.
   *
   * @throws RefusedStreamException if it claims a gap of more than an hour
   */
  long place(Media media) throws RefusedStreamException {
    long stamped = media.timestampMs() * SAMPLES_A_MS;
    if (stamped - position > MAX_GAP_MS * SAMPLES_A_MS) {
      throw new RefusedStreamException(
          Closing.REFUSED,
          "media.timestamp is %d after %d; a gap must be at most %d ms"
              .formatted(media.timestampMs(), position / SAMPLES_A_MS, MAX_GAP_MS));
    }
    boolean first = chunk < 0;
    boolean missing = media.chunk() > chunk + 1;
    long start = position;
    if (stamped > position && (first || missing || stamped > position + JITTER)) {
      start = stamped;
    }
    chunk = media.chunk();
    position = start + media.payload().length;
    return start;
  }
}
