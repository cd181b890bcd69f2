package io.voxtag.embedder.enroll;

import io.voxtag.schemas.event.EmbeddingOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a recording.
 *
 * @param outcome whether a vector could be made
 * @param detail why not, in words; null where it could
 * @param vector unit length; null where there is none
 * @param netSpeechMs speech, ms
 * @param snrDb speech over noise, dB; NaN where there is no speech
 */
@SuppressWarnings("ArrayRecordComponent") // made for the output alone
record Finding(
    EmbeddingOutcome outcome,
    @Nullable String detail,
    float @Nullable [] vector,
    int netSpeechMs,
    float snrDb) {

  static Finding refused(EmbeddingOutcome outcome, String detail) {
    return new Finding(outcome, detail, null, 0, Float.NaN);
  }
}
