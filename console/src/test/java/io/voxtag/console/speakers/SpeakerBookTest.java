package io.voxtag.console.speakers;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.console.speakers.SpeakerView.RecordingView;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentOperation;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpeakerBookTest {

  private final SpeakerBook book = new SpeakerBook();

  private static Enrollment enrollment(String speaker, String utterance, EnrollmentOperation what) {
    return Enrollment.newBuilder()
        .setSpeakerId(speaker)
        .setUtteranceId(utterance)
        .setOperation(what)
        .setConsent(Consent.newBuilder().setBasis("a test").setGivenAt(Instant.EPOCH).build())
        .setRequestedAt(Instant.EPOCH)
        .build();
  }

  private void add(String speaker, String utterance) {
    book.enrollment(
        speaker + "/" + utterance, enrollment(speaker, utterance, EnrollmentOperation.ADD));
  }

  private void answer(String speaker, String utterance, EnrollmentOutcome outcome) {
    book.answer(
        EnrollmentResult.newBuilder()
            .setSpeakerId(speaker)
            .setUtteranceId(utterance)
            .setModelVersion("starter")
            .setOutcome(outcome)
            .setUtterances(1)
            .setNetSpeechMs(4000)
            .setSnrDb(20)
            .setAt(Instant.EPOCH)
            .build());
  }

  @Test
  void recordings_have_their_answers_in_whatever_order_these_come() {
    // given
    answer("ann", "one", EnrollmentOutcome.ACCEPTED);
    add("ann", "one");
    add("ann", "two");
    add("ann", "three");
    answer("ann", "two", EnrollmentOutcome.TOO_NOISY);

    // when
    SpeakerView ann = book.find("AN", 10, true).speakers().get(0);

    // then
    assertThat(ann.accepted()).isEqualTo(1);
    assertThat(ann.refused()).isEqualTo(1);
    assertThat(ann.unanswered()).isEqualTo(1);
    assertThat(ann.recordings()).extracting(RecordingView::consent).containsOnly("a test");
  }

  @Test
  void an_erased_speaker_is_gone() {
    add("ann", "one");
    add("ann", "two");
    book.enrollment("ann/one", null);
    book.enrollment("ann/two", enrollment("ann", "two", EnrollmentOperation.REMOVE));

    assertThat(book.find("", 10, true).total()).isZero();
    assertThat(book.recordings("ann")).isEmpty();
  }

  @Test
  void records_under_keys_that_are_none_are_nobody() {
    book.enrollment("no key", enrollment("ann", "one", EnrollmentOperation.ADD));
    book.enrollment(null, enrollment("ann", "one", EnrollmentOperation.ADD));

    assertThat(book.find("", 10, true).total()).isZero();
  }

  @Test
  void of_many_speakers_the_first_are_shown_and_all_counted() {
    for (int i = 0; i < 30; i++) {
      add("speaker-" + (char) ('a' + i % 26) + i, "one");
    }

    SpeakerView.Page page = book.find("", 5, false);

    assertThat(page.total()).isEqualTo(30);
    assertThat(page.speakers()).hasSize(5);
    assertThat(page.complete()).isFalse();
  }
}
