package io.voxtag.schemas;

/** A record key, or a part of one, is not what the topic's keys look like. */
public final class KeyFormatException extends IllegalArgumentException {

  KeyFormatException(String message) {
    super(message);
  }
}
