package io.voxtag.console.speakers;

import io.voxtag.console.web.RequestException;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.speakers.EnrollmentWriter;
import io.voxtag.schemas.speakers.LabelledUtterances;
import java.util.Set;

/** Erases speakers, as {@code voxtag forget} does. Thread-safe. */
public final class Erasure {

  private final SpeakerBook book;
  private final EnrollmentWriter enrollments;
  private final LabelledUtterances labelled;

  public Erasure(SpeakerBook book, EnrollmentWriter enrollments, LabelledUtterances labelled) {
    this.book = book;
    this.enrollments = enrollments;
    this.labelled = labelled;
  }

  /**
   * What was asked to be erased.
   *
   * @param enrollments recordings that the speaker was known by
   * @param labelled recordings for training
   */
  public record Erased(int enrollments, int labelled) {}

  /**
   * Publishes a tombstone for each recording of a speaker. Reads all recordings for training.
   *
   * @throws RequestException if nothing is known of that speaker
   */
  public Erased erase(String speaker) {
    Set<String> recordings = book.recordings(speaker);
    recordings.forEach(recording -> enrollments.erase(new EnrollmentKey(speaker, recording)));
    int training = labelled.eraseAll(speaker).size();
    if (recordings.isEmpty() && training == 0) {
      throw RequestException.missing(
          "Nobody is enrolled as \"%s\", and no recording for training is of that speaker"
              .formatted(speaker));
    }
    return new Erased(recordings.size(), training);
  }
}
