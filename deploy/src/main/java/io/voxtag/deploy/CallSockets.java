package io.voxtag.deploy;

import java.util.List;
import java.util.Map;

/** The WebSockets that call audio comes in through, for the AsyncAPI document. */
final class CallSockets {

  private static final String AUDIO = "LegAudio";
  private static final String END = "EndOfLeg";
  private static final String ENDED = "LegEnded";
  private static final String TWILIO = "TwilioMessage";

  private CallSockets() {}

  static Map<String, Object> channels() {
    return Ordered.of("call-leg", leg(), "twilio", twilio());
  }

  static Map<String, Object> operations() {
    return Ordered.of(
        "ingest.receive.call-leg",
        Ordered.of(
            "action", "receive",
            "channel", AsyncApi.reference("/channels/call-leg"),
            "messages",
                AsyncApi.references(
                    "/channels/call-leg/messages/" + AUDIO, "/channels/call-leg/messages/" + END)),
        "ingest.send.call-leg",
        Ordered.of(
            "action", "send",
            "channel", AsyncApi.reference("/channels/call-leg"),
            "messages", AsyncApi.references("/channels/call-leg/messages/" + ENDED)),
        "ingest.receive.twilio",
        Ordered.of("action", "receive", "channel", AsyncApi.reference("/channels/twilio")));
  }

  static Map<String, Object> messages() {
    return Ordered.of(
        AUDIO,
        Ordered.of(
            "name",
            AUDIO,
            "summary",
            "Samples of one channel in the encoding and rate of the address, up to 64 KiB; of"
                + " opus one packet. A binary message.",
            "contentType",
            "application/octet-stream"),
        END,
        Ordered.of(
            "name",
            END,
            "summary",
            "The leg is over; LegEnded answers when all of it is stored.",
            "contentType",
            "application/json",
            "payload",
            object(List.of("event"), "event", Ordered.of("type", "string", "const", "end"))),
        ENDED,
        Ordered.of(
            "name",
            ENDED,
            "summary",
            "All of the leg is stored; the connection closes with 1000.",
            "contentType",
            "application/json",
            "payload",
            object(
                List.of("event", "samples", "chunks"),
                "event",
                Ordered.of("type", "string", "const", "ended"),
                "samples",
                Ordered.of("type", "integer", "minimum", 0),
                "chunks",
                Ordered.of("type", "integer", "minimum", 0))),
        TWILIO,
        Ordered.of(
            "name",
            TWILIO,
            "summary",
            "A message of Twilio Media Streams: connected, start, media, mark, dtmf or stop.",
            "contentType",
            "application/json",
            "payload",
            object(List.of("event"), "event", Ordered.of("type", "string"))));
  }

  private static Map<String, Object> leg() {
    return Ordered.of(
        "address", "/v1/calls/{callId}/{channel}",
        "description", "One connection is one leg of a call: docs/ingest.md.",
        "servers", AsyncApi.references("/servers/ingest"),
        "parameters",
            Ordered.of(
                "callId",
                Ordered.of(
                    "description",
                    "1 to 128 printable characters, percent-encoded; unique among live calls"),
                "channel",
                Ordered.of("description", "0 to 31")),
        "messages", messageReferences(AUDIO, END, ENDED),
        "bindings",
            Ordered.of(
                "ws",
                Ordered.of(
                    "method",
                    "GET",
                    "query",
                    object(
                        List.of(),
                        "rate",
                        Ordered.of(
                            "type",
                            "integer",
                            "minimum",
                            4000,
                            "maximum",
                            192000,
                            "description",
                            "Hz; of opus 8000, 12000, 16000, 24000 or 48000"),
                        "encoding",
                        Ordered.of(
                            "type", "string",
                            "enum", List.of("pcm_s16le", "mulaw", "alaw", "opus"),
                            "default", "pcm_s16le")),
                    "bindingVersion",
                    "0.1.0")));
  }

  private static Map<String, Object> twilio() {
    return Ordered.of(
        "address", "/v1/twilio",
        "description", "Twilio Media Streams: callSid is the call, tracks are its channels.",
        "servers", AsyncApi.references("/servers/ingest"),
        "messages", messageReferences(TWILIO),
        "bindings", Ordered.of("ws", Ordered.of("method", "GET", "bindingVersion", "0.1.0")));
  }

  private static Map<String, Object> messageReferences(String... names) {
    Map<String, Object> references = new Ordered();
    for (String name : names) {
      references.put(name, AsyncApi.reference("/components/messages/" + name));
    }
    return references;
  }

  private static Map<String, Object> object(List<String> required, Object... properties) {
    Map<String, Object> object = Ordered.of("type", "object", "properties", Ordered.of(properties));
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    return object;
  }
}
