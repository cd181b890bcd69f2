package io.voxtag.ingest.twilio;

import org.jspecify.annotations.Nullable;

/** A message of a media stream, as far as it matters here. */
sealed interface TwilioMessage {

  /** The first message; it has no number. */
  record Connected() implements TwilioMessage {}

  /** Messages with a number, by which they are put in order. */
  sealed interface Sequenced extends TwilioMessage {

    /** Counts from 1 in the stream; unsigned, and may wrap around. */
    int sequence();

    String streamSid();
  }

  /**
   * The stream begins.
   *
   * @param token the parameter {@code token} of the TwiML; null where there is none
   */
  record Start(int sequence, String streamSid, String callSid, @Nullable String token)
      implements Sequenced {}

  /**
   * Audio of a track, mu-law at 8 kHz.
   *
   * @param chunk number of the message in its track, from 1
   * @param timestampMs position in the stream, milliseconds
   */
  @SuppressWarnings("ArrayRecordComponent") // not compared, and a copy of every frame would cost
  record Media(
      int sequence, String streamSid, Track track, long chunk, long timestampMs, byte[] payload)
      implements Sequenced {}

  /** The stream is over. */
  record Stop(int sequence, String streamSid) implements Sequenced {}

  /** Marks, key presses, and whatever Twilio may add: they only have a place in the order. */
  record Other(int sequence, String streamSid) implements Sequenced {}

  /** Other messages without a number. */
  record Unnumbered() implements TwilioMessage {}
}
