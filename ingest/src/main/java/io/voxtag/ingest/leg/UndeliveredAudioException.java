package io.voxtag.ingest.leg;

/** Kafka did not take a chunk. The cause says why. */
public final class UndeliveredAudioException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UndeliveredAudioException(LegId leg, long sequence, Exception cause) {
    super(
        "Kafka did not take chunk %d of call %s channel %d: %s"
            .formatted(sequence, leg.callId(), leg.channel(), cause.getMessage()),
        cause);
  }
}
