package io.voxtag.ingest.twilio;

import java.util.Base64;

/** Messages as Twilio writes them. */
public final class Twilio {

  public static final String CONNECTED =
      "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}";

  private Twilio() {}

  public static String start(String streamSid, String callSid) {
    return """
        {"event":"start","sequenceNumber":"1","streamSid":"%s","start":{"accountSid":"AC0",
         "streamSid":"%s","callSid":"%s","tracks":["inbound","outbound"],
         "mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},
         "customParameters":{}}}"""
        .formatted(streamSid, streamSid, callSid);
  }

  public static String media(
      String streamSid, long sequence, String track, long chunk, long timestamp, byte[] audio) {
    return """
        {"event":"media","sequenceNumber":"%d","streamSid":"%s","media":{"track":"%s",
         "chunk":"%d","timestamp":"%d","payload":"%s"}}"""
        .formatted(
            sequence,
            streamSid,
            track,
            chunk,
            timestamp,
            Base64.getEncoder().encodeToString(audio));
  }

  public static String mark(String streamSid, long sequence) {
    return """
        {"event":"mark","sequenceNumber":"%d","streamSid":"%s","mark":{"name":"m"}}"""
        .formatted(sequence, streamSid);
  }

  public static String stop(String streamSid, long sequence) {
    return """
        {"event":"stop","sequenceNumber":"%d","streamSid":"%s","stop":{"callSid":"CA0"}}"""
        .formatted(sequence, streamSid);
  }
}
