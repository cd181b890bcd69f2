package io.voxtag.matcher.enrollment;

import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.scoring.Candidate;
import io.voxtag.scoring.DecisionProfile;
import io.voxtag.scoring.UnitVectors;
import io.voxtag.scoring.VoiceprintSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who may be enrolled, by what is known of a recording and of those who are enrolled. */
record EnrollmentRules(DecisionProfile profile) {

  /** The ruling where the recording alone decides; empty where a voice is to be compared. */
  static Optional<Ruling> withoutComparison(EnrollmentEmbedding embedding) {
    Ruling ruling =
        switch (embedding.getOutcome()) {
          case TOO_LITTLE_SPEECH -> refused(EnrollmentOutcome.TOO_LITTLE_SPEECH, embedding);
          case TOO_NOISY -> refused(EnrollmentOutcome.TOO_NOISY, embedding);
          case SEVERAL_SPEAKERS -> refused(EnrollmentOutcome.SEVERAL_SPEAKERS, embedding);
          case UNREADABLE_AUDIO -> refused(EnrollmentOutcome.UNREADABLE_AUDIO, embedding);
          case NO_CONSENT -> refused(EnrollmentOutcome.NO_CONSENT, embedding);
          case EMBEDDED ->
              embedding.getConsent() == null
                  ? new Ruling(
                      EnrollmentOutcome.NO_CONSENT,
                      "The enrolment names no consent; without one a voice is not stored",
                      null)
                  : Ruling.ACCEPTED;
        };
    return Optional.of(ruling).filter(decided -> !decided.accepted());
  }

  private static Ruling refused(EnrollmentOutcome outcome, EnrollmentEmbedding embedding) {
    return new Ruling(outcome, embedding.getDetail(), null);
  }

  /**
   * Compares a voice with those that are enrolled.
   *
   * @param own vectors of the other recordings of the speaker
   * @param enrolled the voiceprints of all speakers, the speaker's own perhaps among them
   */
  Ruling compare(String speaker, float[] vector, List<float[]> own, VoiceprintSnapshot enrolled) {
    Optional<Float> ownScore =
        UnitVectors.mean(own).map(voiceprint -> UnitVectors.cosine(voiceprint, vector));
    Optional<Candidate> other =
        enrolled.nearest(vector, 2).stream()
            .filter(candidate -> !candidate.speakerId().equals(speaker))
            .findFirst();
    if (other.isPresent()
        && other.get().score() >= profile.duplicateThreshold()
        && other.get().score() > ownScore.orElse(-1f)) {
      String nearest = other.get().speakerId();
      return new Ruling(
          EnrollmentOutcome.ALREADY_ANOTHER_SPEAKER,
          String.format(
              Locale.ROOT,
              "The voice is that of speaker %s: cosine %.3f, at least %.3f",
              nearest,
              other.get().score(),
              profile.duplicateThreshold()),
          nearest);
    }
    if (ownScore.isPresent() && ownScore.get() < profile.sameVoiceThreshold()) {
      return new Ruling(
          EnrollmentOutcome.NOT_THE_SAME_VOICE,
          String.format(
              Locale.ROOT,
              "The voice is unlike the %d other recordings of the speaker: cosine %.3f, below %.3f",
              own.size(),
              ownScore.get(),
              profile.sameVoiceThreshold()),
          null);
    }
    return Ruling.ACCEPTED;
  }
}
