package io.voxtag.embedder.enroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.audio.Recording;
import io.voxtag.audio.SpeechActivity;
import io.voxtag.audio.WavWriter;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.AudioFormat;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.EmbeddingOutcome;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentOperation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipExaminerTest {

  private static final int RATE = 16_000;

  private final List<float[]> embedded = new ArrayList<>();
  private float snr = 20;
  private Function<float[], CompletableFuture<float[]>> embedding =
      window -> CompletableFuture.completedFuture(embed(List.of(window)).get(0));
  private final ClipExaminer examiner =
      new ClipExaminer(
          new EnrollmentDemands(Duration.ofSeconds(60), Duration.ofSeconds(3), 2_000, 3, 0.3),
          this::loudIsSpeech,
          window -> embedding.apply(window));

  @Test
  void theVectorIsTheMeanOverTheSpeechWithoutPauses() {
    float[] clip = new float[10 * RATE];
    Arrays.fill(clip, 0, 3 * RATE, 0.1f);
    Arrays.fill(clip, 5 * RATE, 9 * RATE, 0.1f);

    Finding finding = examiner.examine(enrollment(clip, RATE));

    assertThat(finding.outcome()).isEqualTo(EmbeddingOutcome.EMBEDDED);
    assertThat(finding.netSpeechMs()).isEqualTo(7_000);
    assertThat(finding.detail()).isNull();
    assertThat(finding.vector()[0]).isCloseTo(1f, within(1e-4f));
    assertThat(embedded)
        .allSatisfy(window -> assertThat(window).hasSize(3 * RATE).doesNotContain(0f));
    assertThat(embedded).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 44_100, 48_000})
  void clipsOfAnyRateAreTaken(int rate) {
    float[] clip = new float[5 * rate];
    Arrays.fill(clip, 0.1f);

    Finding finding = examiner.examine(enrollment(clip, rate));

    assertThat(finding.outcome()).isEqualTo(EmbeddingOutcome.EMBEDDED);
    assertThat(finding.netSpeechMs()).isBetween(4_900, 5_000);
  }

  @Test
  void twoVoicesAreRefused() {
    float[] clip = new float[12 * RATE];
    Arrays.fill(clip, 0, 6 * RATE, 0.1f);
    Arrays.fill(clip, 6 * RATE, 12 * RATE, -0.1f);

    Finding finding = examiner.examine(enrollment(clip, RATE));

    assertThat(finding.outcome()).isEqualTo(EmbeddingOutcome.SEVERAL_SPEAKERS);
    assertThat(finding.vector()).isNull();
    assertThat(finding.detail()).contains("at least 0.30");
  }

  @Test
  void aShortOddityIsNoSecondVoice() {
    float[] clip = new float[12 * RATE];
    Arrays.fill(clip, 0.1f);
    Arrays.fill(clip, 6 * RATE, 6 * RATE + RATE / 2, -0.1f);

    assertThat(examiner.examine(enrollment(clip, RATE)).outcome())
        .isEqualTo(EmbeddingOutcome.EMBEDDED);
  }

  @Test
  void tooLittleSpeechIsRefused() {
    float[] clip = new float[20 * RATE];
    Arrays.fill(clip, 0, RATE, 0.1f);

    Finding finding = examiner.examine(enrollment(clip, RATE));

    assertThat(finding.outcome()).isEqualTo(EmbeddingOutcome.TOO_LITTLE_SPEECH);
    assertThat(finding.detail()).isEqualTo("1000 ms of speech, must be at least 2000");
    assertThat(embedded).isEmpty();
  }

  @Test
  void silenceHasNoSignalToNoiseRatio() {
    Finding finding = examiner.examine(enrollment(new float[5 * RATE], RATE));

    assertThat(finding.outcome()).isEqualTo(EmbeddingOutcome.TOO_LITTLE_SPEECH);
    assertThat(finding.snrDb()).isNaN();
  }

  @Test
  void noiseIsRefused() {
    snr = 1.5f;
    float[] clip = new float[5 * RATE];
    Arrays.fill(clip, 0.1f);

    Finding finding = examiner.examine(enrollment(clip, RATE));

    assertThat(finding.outcome()).isEqualTo(EmbeddingOutcome.TOO_NOISY);
    assertThat(finding.detail()).isEqualTo("speech is 1.5 dB over the noise, must be at least 3.0");
  }

  @Test
  void noConsentNoVoice() {
    Enrollment asked =
        Enrollment.newBuilder(enrollment(new float[5 * RATE], RATE)).setConsent(null).build();

    assertThat(examiner.examine(asked).outcome()).isEqualTo(EmbeddingOutcome.NO_CONSENT);
  }

  @Test
  void whatCannotBeReadIsRefusedWithTheReason() {
    Enrollment good = enrollment(new float[RATE], RATE);
    Enrollment noAudio = Enrollment.newBuilder(good).setAudio(null).build();
    Enrollment rubbish = Enrollment.newBuilder(good).setAudio(clip(new byte[] {1, 2, 3})).build();
    Enrollment empty = Enrollment.newBuilder(good).setAudio(clip(new byte[0])).build();
    Enrollment endless = enrollment(new float[61 * RATE], RATE);

    for (Enrollment bad : List.of(noAudio, rubbish, empty, endless)) {
      Finding finding = examiner.examine(bad);
      assertThat(finding.outcome()).isEqualTo(EmbeddingOutcome.UNREADABLE_AUDIO);
      assertThat(finding.detail()).isNotBlank();
    }
  }

  @Test
  void aVectorThatIsNotFiniteIsNoVoice() {
    embedding = window -> CompletableFuture.completedFuture(new float[] {Float.NaN, 0});
    float[] clip = new float[5 * RATE];
    Arrays.fill(clip, 0.1f);

    Finding finding = examiner.examine(enrollment(clip, RATE));

    assertThat(finding.outcome()).isEqualTo(EmbeddingOutcome.UNREADABLE_AUDIO);
    assertThat(finding.vector()).isNull();
  }

  @Test
  void aFaultThatOneRecordingBringsOutIsItsAnswer() {
    embedding = window -> CompletableFuture.failedFuture(new IllegalStateException("overflow"));
    float[] clip = new float[5 * RATE];
    Arrays.fill(clip, 0.1f);

    Finding finding = examiner.examine(enrollment(clip, RATE));

    assertThat(finding.outcome()).isEqualTo(EmbeddingOutcome.UNREADABLE_AUDIO);
    assertThat(finding.detail()).contains("overflow");
  }

  private static Enrollment enrollment(float[] samples, int rate) {
    return Enrollment.newBuilder()
        .setSpeakerId("anna")
        .setUtteranceId("1")
        .setOperation(EnrollmentOperation.ADD)
        .setConsent(
            Consent.newBuilder().setBasis("explicit consent").setGivenAt(Instant.EPOCH).build())
        .setAudio(
            clip(
                WavWriter.encode(
                    new Recording(new float[][] {samples}, rate), WavWriter.Coding.PCM_16)))
        .setRequestedAt(Instant.EPOCH)
        .build();
  }

  private static AudioClip clip(byte[] file) {
    return AudioClip.newBuilder().setFormat(AudioFormat.WAV).setData(ByteBuffer.wrap(file)).build();
  }

  private SpeechActivity loudIsSpeech(float[] samples) {
    boolean[] speech = new boolean[samples.length / 160];
    int count = 0;
    for (int i = 0; i < speech.length; i++) {
      speech[i] = Math.abs(samples[i * 160 + 80]) > 0.05;
      count += speech[i] ? 1 : 0;
    }
    return new SpeechActivity(count * 10, snr, speech);
  }

  /** The sign of the samples is the voice. */
  private List<float[]> embed(List<float[]> windows) {
    embedded.addAll(windows);
    return windows.stream()
        .map(
            window -> {
              double sum = 0;
              for (float sample : window) {
                sum += sample;
              }
              double angle = (1 - sum / window.length / 0.1) * Math.PI / 4;
              return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
            })
        .toList();
  }
}
