package io.voxtag.matcher;

import io.voxtag.matcher.model.ServedModel;
import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.Vectors;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.EmbeddingOutcome;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.scoring.DecisionProfile;
import io.voxtag.scoring.UnitVectors;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Embeddings of imaginary voices, under a model with threshold 0.4. */
public final class TestEvents {

  public static final int DIMENSION = 32;
  public static final ServedModel MODEL =
      new ServedModel("test-1", DIMENSION, DecisionProfile.withThreshold(0.4));
  public static final Consent CONSENT =
      new Consent("explicit consent", "doc-7", Instant.ofEpochMilli(1_700_000_000_000L));

  private TestEvents() {}

  /** The voice of that name: always the same direction, far from every other. */
  public static float[] voice(String name) {
    return direction(new Random(name.hashCode()));
  }

  /** A recording of that voice: close to it, a little different for each seed. */
  public static float[] recording(String voice, int seed) {
    return UnitVectors.combine(voice(voice), 0.9, direction(new Random(seed)), 0.25).orElseThrow();
  }

  public static EnrollmentEmbeddingKey key(String speaker, String utterance) {
    return new EnrollmentEmbeddingKey(speaker, utterance, MODEL.version());
  }

  public static EnrollmentEmbedding enrollment(EnrollmentEmbeddingKey key, float[] vector) {
    return EnrollmentEmbedding.newBuilder()
        .setSpeakerId(key.speakerId())
        .setUtteranceId(key.utteranceId())
        .setModelVersion(key.modelVersion())
        .setOutcome(EmbeddingOutcome.EMBEDDED)
        .setVector(Vectors.encode(vector))
        .setNetSpeechMs(8000)
        .setSnrDb(20)
        .setConsent(CONSENT)
        .setRequestedAt(Instant.ofEpochMilli(1_700_000_100_000L))
        .build();
  }

  /** Window of 3 s, one begins each second; without a vector where that is null. */
  public static SpeechEmbedding window(
      String callId, int channel, long index, float @Nullable [] vector) {
    return SpeechEmbedding.newBuilder()
        .setCallId(callId)
        .setChannel(channel)
        .setStreamId("stream-1")
        .setWindowIndex(index)
        .setStartMs(index * 1000)
        .setEndMs(index * 1000 + 3000)
        .setNetSpeechMs(vector == null ? 0 : 2500)
        .setSnrDb(vector == null ? Float.NaN : 20)
        .setVector(vector == null ? null : Vectors.encode(vector))
        .setModelVersion(MODEL.version())
        .setCapturedAt(Instant.now())
        .build();
  }

  private static float[] direction(Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return UnitVectors.combine(vector, 1, vector, 0).orElseThrow();
  }
}
