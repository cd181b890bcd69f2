package io.voxtag.ingest.leg;

/** A newer stream of the same leg took over. */
public final class ReplacedLegException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ReplacedLegException(LegId leg) {
    super(
        "call %s channel %d is streamed by a newer connection"
            .formatted(ClientText.shown(leg.callId()), leg.channel()));
  }
}
