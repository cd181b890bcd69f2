package io.voxtag.ingest.twilio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.ingest.leg.ClientText;
import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.RefusedStreamException;
import io.voxtag.ingest.twilio.TwilioMessage.Connected;
import io.voxtag.ingest.twilio.TwilioMessage.Media;
import io.voxtag.ingest.twilio.TwilioMessage.Other;
import io.voxtag.ingest.twilio.TwilioMessage.Start;
import io.voxtag.ingest.twilio.TwilioMessage.Stop;
import io.voxtag.ingest.twilio.TwilioMessage.Unnumbered;
import java.util.Base64;

/**
 * Reads the messages of Twilio Media Streams
 * (https://www.twilio.com/docs/voice/media-streams/websocket-messages).
 */
final class TwilioMessages {

  private static final int MAX_DEPTH = 32;
  private static final long MAX_UINT32 = 0xffff_ffffL;
  // So that samples still fit a long, whatever is claimed.
  private static final long MAX_NUMBER = 1L << 48;

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private TwilioMessages() {}

  /**
   * Reads one message.
   *
   * @throws RefusedStreamException if it is no message of a media stream
   */
  static TwilioMessage parse(String text) throws RefusedStreamException {
    JsonNode message = json(text);
    String event = text(message, "event");
    if (event.equals("connected")) {
      return new Connected();
    }
    if (event.equals("start")) {
      return start(message);
    }
    if (event.equals("media")) {
      return media(message);
    }
    if (event.equals("stop")) {
      return new Stop(sequence(message), streamSid(message));
    }
    return message.has("sequenceNumber")
        ? new Other(sequence(message), streamSid(message))
        : new Unnumbered();
  }

  private static Start start(JsonNode message) throws RefusedStreamException {
    JsonNode start = message.path("start");
    JsonNode format = start.path("mediaFormat");
    requireFormat("encoding", format.path("encoding").asText(), "audio/x-mulaw");
    requireFormat("sampleRate", format.path("sampleRate").asText(), "8000");
    requireFormat("channels", format.path("channels").asText(), "1");
    String callSid = ClientText.requireId("start.callSid", text(start, "callSid", "start."));
    String token = start.path("customParameters").path("token").textValue();
    return new Start(sequence(message), streamSid(message), callSid, token);
  }

  private static void requireFormat(String name, String value, String needed)
      throws RefusedStreamException {
    if (!value.equals(needed)) {
      throw new RefusedStreamException(
          Closing.UNSUPPORTED,
          "start.mediaFormat.%s is %s; must be %s"
              .formatted(name, ClientText.shown(value), needed));
    }
  }

  private static Media media(JsonNode message) throws RefusedStreamException {
    JsonNode media = message.path("media");
    return new Media(
        sequence(message),
        streamSid(message),
        track(text(media, "track", "media.")),
        number(media, "chunk", "media.", MAX_NUMBER),
        number(media, "timestamp", "media.", MAX_NUMBER),
        payload(text(media, "payload", "media.")));
  }

  private static Track track(String name) throws RefusedStreamException {
    if (name.equals("inbound")) {
      return Track.INBOUND;
    }
    if (name.equals("outbound")) {
      return Track.OUTBOUND;
    }
    throw new RefusedStreamException(
        Closing.REFUSED,
        "media.track is %s; must be inbound or outbound".formatted(ClientText.shown(name)));
  }

  private static byte[] payload(String base64) throws RefusedStreamException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new RefusedStreamException(
          Closing.MALFORMED, "media.payload is no base64; must be base64 of mu-law at 8 kHz");
    }
  }

  private static int sequence(JsonNode message) throws RefusedStreamException {
    return (int) number(message, "sequenceNumber", "", MAX_UINT32);
  }

  private static String streamSid(JsonNode message) throws RefusedStreamException {
    return ClientText.requireId("streamSid", text(message, "streamSid"));
  }

  // Twilio writes numbers as strings.
  private static long number(JsonNode node, String name, String path, long max)
      throws RefusedStreamException {
    String text = node.path(name).asText();
    if (text.matches("[0-9]{1,15}")) {
      long number = Long.parseLong(text);
      if (number <= max) {
        return number;
      }
    }
    throw new RefusedStreamException(
        Closing.MALFORMED,
        "%s%s is %s; must be a number from 0 to %d"
            .formatted(path, name, ClientText.shown(text), max));
  }

  private static String text(JsonNode node, String name) throws RefusedStreamException {
    return text(node, name, "");
  }

  private static String text(JsonNode node, String name, String path)
      throws RefusedStreamException {
    JsonNode text = node.path(name);
    if (!text.isTextual()) {
      throw new RefusedStreamException(
          Closing.MALFORMED, "%s%s is missing; must be a string".formatted(path, name));
    }
    return text.textValue();
  }

  private static JsonNode json(String text) throws RefusedStreamException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new RefusedStreamException(
          Closing.MALFORMED, "message is no JSON; must be a Twilio Media Streams message");
    }
  }
}
