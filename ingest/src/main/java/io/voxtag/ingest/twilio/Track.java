package io.voxtag.ingest.twilio;

/** Who is heard on a track. */
enum Track {
  /** What the caller says. */
  INBOUND(0),
  /** What the caller hears. */
  OUTBOUND(1);

  private final int channel;

  Track(int channel) {
    this.channel = channel;
  }

  int channel() {
    return channel;
  }
}
