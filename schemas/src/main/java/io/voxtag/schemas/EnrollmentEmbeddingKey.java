package io.voxtag.schemas;

import java.util.List;

/**
 * Key of {@code enrollment-embeddings}: a recording of a speaker under one model version.
 *
 * @param speakerId the speaker, as in {@link EnrollmentKey}
 * @param utteranceId the recording, as in {@link EnrollmentKey}
 * @param modelVersion version of the model, 1 to 128 characters, none of them a control character
 */
public record EnrollmentEmbeddingKey(String speakerId, String utteranceId, String modelVersion) {

  static final String FORM = EnrollmentKey.FORM + "/modelVersion";

  /**
   * @throws KeyFormatException if a part is empty, too long or has control characters
   */
  public EnrollmentEmbeddingKey {
    KeyParts.requireId("speakerId", speakerId);
    KeyParts.requireId("utteranceId", utteranceId);
    KeyParts.requireId("modelVersion", modelVersion);
  }

  /** The recording under a model version. */
  public static EnrollmentEmbeddingKey of(EnrollmentKey enrollment, String modelVersion) {
    return new EnrollmentEmbeddingKey(
        enrollment.speakerId(), enrollment.utteranceId(), modelVersion);
  }

  /** The key of the recording itself. */
  public EnrollmentKey enrollment() {
    return new EnrollmentKey(speakerId, utteranceId);
  }

  /** The record key: the parts with '/' between, where '%' and '/' in a part are %25 and %2F. */
  public String encode() {
    return KeyParts.join(speakerId, utteranceId, modelVersion);
  }

  /**
   * The opposite of {@link #encode()}.
   *
   * @throws KeyFormatException if it is not what {@code encode()} makes
   */
  public static EnrollmentEmbeddingKey parse(String key) {
    List<String> parts = KeyParts.split(key, FORM);
    return new EnrollmentEmbeddingKey(parts.get(0), parts.get(1), parts.get(2));
  }
}
