package io.voxtag.matcher.tagging;

import io.voxtag.matcher.model.ServedModel;
import io.voxtag.matcher.streams.UnusableRecordException;
import io.voxtag.schemas.Vectors;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.scoring.SpeechWindow;
import io.voxtag.scoring.UnitVectors;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes only embeddings that may be compared with the voiceprints of the model in service. */
record EmbeddingChecks(ServedModel model) {

  /**
   * The window in an embedding.
   *
   * @throws UnusableRecordException if it must not be scored
   */
  SpeechWindow window(@Nullable String key, @Nullable SpeechEmbedding embedding) {
    if (embedding == null) {
      throw new UnusableRecordException("The record has no value; it must be an embedding");
    }
    require(
        Objects.equals(key, embedding.getCallId()),
        "The record key is " + key + "; it must be the call id " + embedding.getCallId());
    require(
        embedding.getWindowIndex() >= 0 && embedding.getChannel() >= 0,
        "Window "
            + embedding.getWindowIndex()
            + " of channel "
            + embedding.getChannel()
            + "; both must be at least 0");
    require(
        embedding.getEndMs() >= embedding.getStartMs(),
        "The window ends at "
            + embedding.getEndMs()
            + " ms, before it starts at "
            + embedding.getStartMs()
            + " ms");
    return new SpeechWindow(
        embedding.getWindowIndex(),
        embedding.getStartMs(),
        embedding.getEndMs(),
        embedding.getNetSpeechMs(),
        embedding.getSnrDb(),
        vector(embedding));
  }

  private float @Nullable [] vector(SpeechEmbedding embedding) {
    ByteBuffer bytes = embedding.getVector();
    if (bytes == null) {
      return null;
    }
    require(
        embedding.getModelVersion().equals(model.version()),
        "The vector is of model version "
            + embedding.getModelVersion()
            + "; the one in service is "
            + model.version());
    require(
        bytes.remaining() == model.embeddingSize() * Float.BYTES,
        "The vector has "
            + bytes.remaining()
            + " bytes; the model makes "
            + model.embeddingSize() * Float.BYTES);
    float[] vector = Vectors.decode(bytes);
    UnitVectors.defect(vector)
        .ifPresent(
            defect -> {
              throw new UnusableRecordException("The vector " + defect);
            });
    return vector;
  }

  private static void require(boolean right, String message) {
    if (!right) {
      throw new UnusableRecordException(message);
    }
  }
}
