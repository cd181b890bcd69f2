package io.voxtag.standalone.cli;

import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The answer to an enrolment or an erasure as a script reads it. */
record ResultView(
    String speakerId,
    String utteranceId,
    String outcome,
    @Nullable String detail,
    @Nullable String otherSpeakerId,
    int utterances,
    int netSpeechMs,
    @Nullable Float snrDb,
    String modelVersion) {

  static ResultView of(EnrollmentResult result) {
    return new ResultView(
        result.getSpeakerId(),
        result.getUtteranceId(),
        result.getOutcome().name(),
        result.getDetail(),
        result.getOtherSpeakerId(),
        result.getUtterances(),
        result.getNetSpeechMs(),
        // JSON has no word for "not a number".
        Float.isNaN(result.getSnrDb()) ? null : result.getSnrDb(),
        result.getModelVersion());
  }

  /** The answer for people. */
  String text() {
    boolean good =
        outcome.equals(EnrollmentOutcome.ACCEPTED.name())
            || outcome.equals(EnrollmentOutcome.ERASED.name());
    String word = outcome.toLowerCase(Locale.ROOT).replace('_', ' ');
    String why = detail == null ? "" : ": " + detail;
    String speech =
        netSpeechMs == 0
            ? ""
            : String.format(Locale.ROOT, " (%.1f s of speech)", netSpeechMs / 1000.0);
    return "%s  %s  @|%s %s|@%s%s"
        .formatted(speakerId, utteranceId, good ? "green" : "red", word, speech, why);
  }
}
