package io.voxtag.embedder.stream;

import io.opentelemetry.api.trace.Span;
import io.voxtag.audio.SpeechActivity;
import io.voxtag.embedder.leg.Window;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A window on its way.
 *
 * @param window what was cut
 * @param modelVersion of the model that embeds it
 * @param embedded what is made of it
 * @param span of its trace; ends when Kafka has what was made of it
 */
record WindowJob(
    Window window, String modelVersion, CompletableFuture<Embedded> embedded, Span span) {

  /**
   * What was made of a window.
   *
   * @param outcome in a word
   * @param speech the speech in it
   * @param vector its embedding, null unless the outcome is EMBEDDED
   */
  @SuppressWarnings("ArrayRecordComponent") // made for the output alone
  record Embedded(
      StreamMetrics.Outcome outcome, SpeechActivity speech, float @Nullable [] vector) {}
}
