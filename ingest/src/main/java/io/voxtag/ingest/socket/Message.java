package io.voxtag.ingest.socket;

/** One WebSocket message, whole. */
sealed interface Message {

  record Text(String text) implements Message {}

  @SuppressWarnings("ArrayRecordComponent") // not compared, and a copy of all audio would cost
  record Binary(byte[] bytes) implements Message {}
}
