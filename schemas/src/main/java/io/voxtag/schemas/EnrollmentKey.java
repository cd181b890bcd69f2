package io.voxtag.schemas;

import java.util.List;

/**
 * Key of the recordings of a speaker: in {@code enrollments}, {@code enrollment-results} and {@code
 * labelled-utterances}. Different pairs have different keys, whatever characters they contain.
 *
 * @param speakerId the speaker, 1 to 128 characters, none of them a control character
 * @param utteranceId the recording among those of the speaker, likewise
 */
public record EnrollmentKey(String speakerId, String utteranceId) {

  static final String FORM = "speakerId/utteranceId";

  /**
   * @throws KeyFormatException if an id is empty, too long or has control characters
   */
  public EnrollmentKey {
    KeyParts.requireId("speakerId", speakerId);
    KeyParts.requireId("utteranceId", utteranceId);
  }

  /** The record key: both ids with '/' between, where '%' and '/' in an id are %25 and %2F. */
  public String encode() {
    return KeyParts.join(speakerId, utteranceId);
  }

  /**
   * The opposite of {@link #encode()}.
   *
   * @throws KeyFormatException if it is not what {@code encode()} makes
   */
  public static EnrollmentKey parse(String key) {
    List<String> parts = KeyParts.split(key, FORM);
    return new EnrollmentKey(parts.get(0), parts.get(1));
  }
}
