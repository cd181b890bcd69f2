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

/** Takes only embeddings that may be compared with the voiceprints of their model. */
public final class EmbeddingChecks {

  private EmbeddingChecks() {}

  /**
   * Checks all but the vector.
   *
   * @throws UnusableRecordException if it must not be scored
   */
  public static SpeechEmbedding checked(@Nullable String key, @Nullable SpeechEmbedding embedding) {
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
    return embedding;
  }

  /**
   * The window in an embedding.
   *
   * @param model that the embedding names
   * @throws UnusableRecordException if its vector must not be scored
   */
  public static SpeechWindow window(SpeechEmbedding embedding, ServedModel model) {
    return new SpeechWindow(
        embedding.getWindowIndex(),
        embedding.getStartMs(),
        embedding.getEndMs(),
        embedding.getNetSpeechMs(),
        embedding.getSnrDb(),
        vector(embedding, model));
  }

  private static float @Nullable [] vector(SpeechEmbedding embedding, ServedModel model) {
    ByteBuffer bytes = embedding.getVector();
    if (bytes == null) {
      return null;
    }
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
