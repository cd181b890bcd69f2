package io.voxtag.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.LabelledUtterance;
import io.voxtag.testkit.speech.TestSpeech;
import io.voxtag.testkit.speech.Voice;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClipCheckTest {

  private static final EnrollmentKey KEY = new EnrollmentKey("ann", "1");

  private final ClipCheck check =
      new ClipCheck(DatasetSamples.settings(Path.of("unused"), "max-clip-bytes", "1000000"));

  @Test
  void speechWithConsentIsUsable() throws UnusableUtteranceException {
    byte[] flac = DatasetSamples.speech(1, 1);

    LabelledClip clip =
        check.check(KEY, DatasetSamples.record(KEY, flac).build(), Instant.ofEpochSecond(9));

    assertThat(clip.data()).isEqualTo(flac);
    assertThat(clip.duration()).isEqualTo(Duration.ofMillis(2500));
    assertThat(clip.consent().basis()).isEqualTo("explicit consent");
    assertThat(clip.recordTimestamp()).isEqualTo(Instant.ofEpochSecond(9));
  }

  @Test
  void withoutConsentItIsRefused() {
    LabelledUtterance.Builder record = DatasetSamples.record(KEY, DatasetSamples.speech(1, 1));

    assertRefused(record.setConsent(null).build(), "carries no consent");
    Consent blank = Consent.newBuilder().setBasis(" ").setGivenAt(Instant.EPOCH).build();
    assertRefused(record.setConsent(blank).build(), "carries no consent");
  }

  @Test
  void idsThatAreNotThoseOfTheKeyAreRefused() {
    assertRefused(
        DatasetSamples.record(KEY, DatasetSamples.speech(1, 1)).setSpeakerId("bob").build(),
        "of speaker bob, utterance 1 under the key ann/1");
  }

  @Test
  void audioThatCannotBeReadIsRefusedWithWhatWouldBeRight() {
    assertRefused(
        DatasetSamples.record(KEY, new byte[] {1, 2, 3}).build(), "WAV, FLAC, MP3 or Ogg Opus");
    byte[] speech = DatasetSamples.speech(1, 1);
    assertRefused(
        DatasetSamples.record(KEY, Arrays.copyOf(speech, speech.length / 2)).build(),
        "labelled audio");
  }

  @Test
  void audioThatIsTooShortOrSilentIsRefused() {
    float[] speech = TestSpeech.speak(Voice.of(1), 1, Duration.ofMillis(900), DatasetSamples.RATE);
    assertRefused(record(speech), "900 ms long, must be at least 1000");
    assertRefused(
        record(TestSpeech.silence(Duration.ofSeconds(3), DatasetSamples.RATE)),
        "0 ms of speech, must be at least 500");
  }

  @Test
  void audioThatIsTooLongOrTooLargeIsRefused() {
    assertRefused(
        record(TestSpeech.silence(Duration.ofSeconds(61), DatasetSamples.RATE)),
        "longer than the limit of PT1M");
    byte[] noise = new byte[1_000_001];
    new Random(1).nextBytes(noise);
    assertRefused(DatasetSamples.record(KEY, noise).build(), "limit of 1000000 bytes");
  }

  private static LabelledUtterance record(float[] samples) {
    return DatasetSamples.record(KEY, DatasetSamples.flac(samples)).build();
  }

  private void assertRefused(LabelledUtterance record, String reason) {
    assertThatThrownBy(() -> check.check(KEY, record, Instant.EPOCH))
        .isInstanceOf(UnusableUtteranceException.class)
        .hasMessageContaining(reason);
  }
}
