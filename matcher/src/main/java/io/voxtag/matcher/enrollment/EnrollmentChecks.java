package io.voxtag.matcher.enrollment;

import io.voxtag.matcher.model.ModelSpace;
import io.voxtag.matcher.model.ModelSpaces;
import io.voxtag.matcher.model.ServedModel;
import io.voxtag.matcher.streams.UnusableRecordException;
import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.KeyFormatException;
import io.voxtag.schemas.Vectors;
import io.voxtag.schemas.event.EmbeddingOutcome;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.scoring.UnitVectors;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Lets only records pass that can be decided on; the others go to the dead-letter topic. */
final class EnrollmentChecks
    extends ContextualProcessor<
        String, @Nullable EnrollmentEmbedding, String, @Nullable EnrollmentEmbedding> {

  private final ModelSpaces models;

  EnrollmentChecks(ModelSpaces models) {
    this.models = models;
  }

  @Override
  public void process(Record<String, @Nullable EnrollmentEmbedding> record) {
    EnrollmentEmbeddingKey key = key(record.key());
    EnrollmentEmbedding embedding = record.value();
    if (embedding != null) {
      check(key, embedding);
    }
    context().forward(record);
  }

  private static EnrollmentEmbeddingKey key(@Nullable String key) {
    if (key == null) {
      throw new UnusableRecordException(
          "The record has no key; it must be speakerId/utteranceId/modelVersion");
    }
    try {
      return EnrollmentEmbeddingKey.parse(key);
    } catch (KeyFormatException e) {
      throw new UnusableRecordException(e.getMessage());
    }
  }

  private void check(EnrollmentEmbeddingKey key, EnrollmentEmbedding embedding) {
    require(
        embedding.getSpeakerId().equals(key.speakerId())
            && embedding.getUtteranceId().equals(key.utteranceId())
            && embedding.getModelVersion().equals(key.modelVersion()),
        "The record under key " + key.encode() + " holds other ids than its key");
    if (embedding.getOutcome() != EmbeddingOutcome.EMBEDDED) {
      return;
    }
    require(embedding.getVector() != null, "The outcome is EMBEDDED, but there is no vector");
    int bytes = embedding.getVector().remaining();
    Optional<Integer> size =
        models.await(key.modelVersion()).map(ModelSpace::model).map(ServedModel::embeddingSize);
    require(
        bytes % Float.BYTES == 0 && size.filter(floats -> bytes != floats * Float.BYTES).isEmpty(),
        "The vector has " + bytes + " bytes; model " + key.modelVersion() + " makes others");
    UnitVectors.defect(Vectors.decode(embedding.getVector()))
        .ifPresent(
            defect -> {
              throw new UnusableRecordException("The vector " + defect);
            });
  }

  private static void require(boolean right, String message) {
    if (!right) {
      throw new UnusableRecordException(message);
    }
  }
}
