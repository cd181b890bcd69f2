package io.voxtag.trainer.dataset;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.voxtag.audio.FlacWriter;
import io.voxtag.audio.Recording;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.AudioFormat;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.LabelledUtterance;
import io.voxtag.testkit.speech.TestSpeech;
import io.voxtag.testkit.speech.Voice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Settings and records for tests. */
public final class DatasetSamples {

  static final int RATE = 8_000;

  private DatasetSamples() {}

  static DatasetSettings settings(Path folder, String... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    values.put("voxtag.trainer.dataset.folder", folder.toString());
    values.put("voxtag.trainer.dataset.retry-interval", "PT0.05S");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put("voxtag.trainer.dataset." + namesAndValues[i], namesAndValues[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withMapping(DatasetSettings.class)
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .build()
        .getConfigMapping(DatasetSettings.class);
  }

  /** A clip whose bytes are a text; the time is that of its record and its recording, seconds. */
  static LabelledClip clip(String speaker, String utterance, String content, long second) {
    return new LabelledClip(
        new EnrollmentKey(speaker, utterance),
        AudioFormat.FLAC,
        content.getBytes(StandardCharsets.UTF_8),
        Duration.ofSeconds(3),
        "test",
        new ConsentGround("explicit consent", null, Instant.EPOCH),
        Instant.ofEpochSecond(second),
        Instant.ofEpochSecond(second));
  }

  static Position at(long nextOffset) {
    return new Position("labelled-utterances", 0, nextOffset);
  }

  /** Speech-like audio; other numbers give other audio. */
  public static byte[] speech(int voice, int sentence) {
    float[] samples = TestSpeech.speak(Voice.of(voice), sentence, Duration.ofMillis(2500), RATE);
    return flac(samples);
  }

  static byte[] flac(float[] samples) {
    return FlacWriter.encode(new Recording(new float[][] {samples}, RATE));
  }

  /** An utterance with consent. */
  public static LabelledUtterance.Builder record(EnrollmentKey key, byte[] flac) {
    return LabelledUtterance.newBuilder()
        .setSpeakerId(key.speakerId())
        .setUtteranceId(key.utteranceId())
        .setSource("test")
        .setConsent(
            Consent.newBuilder().setBasis("explicit consent").setGivenAt(Instant.EPOCH).build())
        .setRecordedAt(Instant.EPOCH)
        .setAudio(
            AudioClip.newBuilder()
                .setFormat(AudioFormat.FLAC)
                .setData(ByteBuffer.wrap(flac))
                .build());
  }
}
