package io.voxtag.console.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpeakersTest {

  private final Speakers speakers = new Speakers();

  @Test
  void aSpeakerIsAsTheLastAnswersSay() {
    speakers.take(result("ann", "1", EnrollmentOutcome.ACCEPTED, null));
    SpeakerView view = speakers.take(result("ann", "2", EnrollmentOutcome.TOO_NOISY, "3 dB"));

    assertThat(view).isEqualTo(new SpeakerView("ann", 2, 1, "3 dB"));
    assertThat(speakers.recordings("ann"))
        .containsExactlyInAnyOrder(new EnrollmentKey("ann", "1"), new EnrollmentKey("ann", "2"));
    assertThat(speakers.take(result("ann", "2", EnrollmentOutcome.ACCEPTED, null)))
        .isEqualTo(new SpeakerView("ann", 2, 2, null));
  }

  @Test
  void whoIsErasedIsGone() {
    speakers.take(result("ann", "1", EnrollmentOutcome.ACCEPTED, null));

    assertThat(speakers.take(result("ann", "1", EnrollmentOutcome.ERASED, null)).recordings())
        .isZero();
    assertThat(speakers.all()).isEmpty();
    assertThat(speakers.recordings("ann")).isEmpty();
  }

  private static EnrollmentResult result(
      String speaker, String utterance, EnrollmentOutcome outcome, String detail) {
    return EnrollmentResult.newBuilder()
        .setSpeakerId(speaker)
        .setUtteranceId(utterance)
        .setModelVersion("test-1")
        .setOutcome(outcome)
        .setDetail(detail)
        .setUtterances(1)
        .setNetSpeechMs(3000)
        .setSnrDb(20f)
        .setAt(Instant.EPOCH)
        .build();
  }
}
