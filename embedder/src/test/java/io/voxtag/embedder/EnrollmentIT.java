package io.voxtag.embedder;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.audio.OggOpusWriter;
import io.voxtag.audio.Pcm;
import io.voxtag.embedder.batch.FakeModel;
import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.Vectors;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.AudioFormat;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.EmbeddingOutcome;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.schemas.event.EnrollmentOperation;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import io.voxtag.testkit.speech.TestSpeech;
import io.voxtag.testkit.speech.Voice;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EnrollmentIT {

  private static final Duration DEADLINE = Duration.ofMinutes(2);

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();

  private final AtomicReference<Throwable> fatal = new AtomicReference<>();
  private final String speaker = TestTopics.unique("speaker");

  @Test
  void recordingsAreAnsweredWithTheirVoiceOrTheReasonWhyNot() throws Exception {
    try (Embedder embedder = start();
        TopicReader<EnrollmentEmbedding> reader =
            KAFKA.topics().read(Topics.ENROLLMENT_EMBEDDINGS)) {
      send("good", enrollment("good").build());
      send("asked", enrollment("asked").setConsent(null).build());
      send("broken", enrollment("broken").setAudio(clip(new byte[] {1, 2, 3})).build());
      send(
          "silent",
          enrollment("silent")
              .setAudio(speech(TestSpeech.silence(Duration.ofSeconds(6), 16_000)))
              .build());

      EnrollmentEmbedding good = answer(reader, "good");
      assertThat(good.getOutcome()).isEqualTo(EmbeddingOutcome.EMBEDDED);
      assertThat(good.getModelVersion()).isEqualTo("fake-1");
      assertThat(norm(Vectors.decode(good.getVector()))).isBetween(0.999, 1.001);
      assertThat(good.getNetSpeechMs()).isGreaterThan(2_000);
      assertThat(good.getConsent().getBasis()).isEqualTo("explicit consent");
      assertThat(answer(reader, "asked").getOutcome()).isEqualTo(EmbeddingOutcome.NO_CONSENT);
      assertThat(answer(reader, "broken").getOutcome())
          .isEqualTo(EmbeddingOutcome.UNREADABLE_AUDIO);
      assertThat(answer(reader, "broken").getDetail()).contains("WAV, FLAC, MP3 or Ogg Opus");
      assertThat(answer(reader, "silent").getOutcome())
          .isEqualTo(EmbeddingOutcome.TOO_LITTLE_SPEECH);
      assertThat(embedder.isAlive()).isTrue();
    }
    assertThat(fatal).hasValue(null);
  }

  @Test
  void erasingARecordingErasesItsVector() throws Exception {
    try (Embedder embedder = start();
        TopicReader<EnrollmentEmbedding> reader =
            KAFKA.topics().read(Topics.ENROLLMENT_EMBEDDINGS)) {
      send("one", enrollment("one").build());
      send("two", enrollment("two").build());
      send("one", null);
      send(
          "two",
          enrollment("two")
              .setOperation(EnrollmentOperation.REMOVE)
              .setAudio(null)
              .setConsent(null)
              .build());

      for (String utterance : List.of("one", "two")) {
        List<ConsumerRecord<String, EnrollmentEmbedding>> answers =
            reader.await(answerKey(utterance), 2, DEADLINE);
        assertThat(answers.get(0).value()).isNotNull();
        assertThat(answers.get(1).value()).isNull();
      }
      assertThat(embedder.isAlive()).isTrue();
    }
  }

  @Test
  void whatIsNoEnrolmentGoesToTheDeadLetters() throws Exception {
    try (Embedder embedder = start();
        TopicReader<EnrollmentEmbedding> reader =
            KAFKA.topics().read(Topics.ENROLLMENT_EMBEDDINGS);
        TopicReader<byte[]> letters = KAFKA.topics().read(Topics.ENROLLMENTS.dlq())) {
      String key = new EnrollmentKey(speaker, "poison").encode();
      KAFKA.topics().sendRaw("enrollments", key, new byte[] {0});
      KAFKA.topics().send(Topics.ENROLLMENTS, speaker, enrollment("no key").build());
      KAFKA.topics().send(Topics.ENROLLMENTS, key, enrollment("another").build());
      send("good", enrollment("good").build());

      letters.await(key, 2, DEADLINE);
      letters.await(speaker, 1, DEADLINE);
      assertThat(answer(reader, "good").getOutcome()).isEqualTo(EmbeddingOutcome.EMBEDDED);
      assertThat(embedder.isAlive()).isTrue();
    }
  }

  private Embedder start() throws Exception {
    String group = TestTopics.unique("embedder");
    return Embedder.start(
        TestSettings.with(
            Map.of(
                "voxtag.embedder.group-id",
                group,
                "voxtag.embedder.enrollment.group-id",
                group + "-enrollments",
                "voxtag.embedder.enrollment.several-speakers-below",
                "-1")),
        KafkaConnection.to(KAFKA.bootstrapServers()),
        FakeModel::new,
        new SimpleMeterRegistry(),
        fatal::set);
  }

  private void send(String utterance, Enrollment enrollment) {
    KAFKA
        .topics()
        .send(Topics.ENROLLMENTS, new EnrollmentKey(speaker, utterance).encode(), enrollment);
  }

  private Enrollment.Builder enrollment(String utterance) {
    return Enrollment.newBuilder()
        .setSpeakerId(speaker)
        .setUtteranceId(utterance)
        .setOperation(EnrollmentOperation.ADD)
        .setConsent(
            Consent.newBuilder().setBasis("explicit consent").setGivenAt(Instant.EPOCH).build())
        .setAudio(speech(TestSpeech.speak(Voice.of(1), 1, Duration.ofSeconds(7), 16_000)))
        .setRequestedAt(Instant.EPOCH);
  }

  private EnrollmentEmbedding answer(TopicReader<EnrollmentEmbedding> reader, String utterance) {
    return reader.await(answerKey(utterance), 1, DEADLINE).get(0).value();
  }

  private String answerKey(String utterance) {
    return new EnrollmentEmbeddingKey(speaker, utterance, "fake-1").encode();
  }

  private static AudioClip speech(float[] samples) {
    return clip(OggOpusWriter.encode(new Pcm(samples, 16_000), OggOpusWriter.SPEECH_BIT_RATE));
  }

  private static AudioClip clip(byte[] file) {
    return AudioClip.newBuilder()
        .setFormat(AudioFormat.OGG_OPUS)
        .setData(ByteBuffer.wrap(file))
        .build();
  }

  private static double norm(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
