package io.voxtag.matcher.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What is kept with the vector of an utterance.
 *
 * @param consentBasis the ground on which the voice may be stored, in the operator's words
 * @param consentReference where the proof is kept; null where none was named
 * @param consentGivenAt when it was given, milliseconds since the epoch
 * @param netSpeechMs speech in the recording, milliseconds
 * @param snrDb speech power to noise power, dB
 * @param requestedAt when the enrolment was asked for, milliseconds since the epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record UtteranceMetadata(
    String consentBasis,
    @Nullable String consentReference,
    long consentGivenAt,
    int netSpeechMs,
    float snrDb,
    long requestedAt) {

  private static final ObjectMapper JSON = new ObjectMapper();

  byte[] write() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Metadata as JSON", e);
    }
  }

  static UtteranceMetadata read(byte[] json) {
    try {
      return JSON.readValue(json, UtteranceMetadata.class);
    } catch (IOException e) {
      throw new UncheckedIOException("Metadata in the registry is no JSON of this version", e);
    }
  }
}
