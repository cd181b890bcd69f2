package io.voxtag.matcher.enrollment;

import io.voxtag.schemas.event.EnrollmentOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Whether a recording may be enrolled.
 *
 * @param outcome accepted, or the reason why not
 * @param detail the reason in words; null where accepted
 * @param otherSpeaker whose voice it seems to be, where that is the reason
 */
record Ruling(EnrollmentOutcome outcome, @Nullable String detail, @Nullable String otherSpeaker) {

  static final Ruling ACCEPTED = new Ruling(EnrollmentOutcome.ACCEPTED, null, null);
  static final Ruling ERASED = new Ruling(EnrollmentOutcome.ERASED, null, null);

  boolean accepted() {
    return outcome == EnrollmentOutcome.ACCEPTED;
  }
}
