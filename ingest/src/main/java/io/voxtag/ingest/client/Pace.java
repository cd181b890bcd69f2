package io.voxtag.ingest.client;

/**
 * How fast audio is sent.
 *
 * @param speed seconds of audio a second; infinite for as fast as the server takes it
 */
public record Pace(double speed) {

  /** As a live call: a sample is sent when it would be heard. */
  public static final Pace LIVE = new Pace(1);

  /** As fast as the server takes it. */
  public static final Pace UNLIMITED = new Pace(Double.POSITIVE_INFINITY);

  public Pace {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed " + speed + ", must be above 0");
    }
  }

  boolean isLimited() {
    return speed != Double.POSITIVE_INFINITY;
  }

  /** Nanoseconds from the begin of the stream until so many samples are due. */
  long nanosUntil(long samples, int sampleRate) {
    return isLimited() ? Math.round(samples * 1e9 / sampleRate / speed) : 0;
  }
}
