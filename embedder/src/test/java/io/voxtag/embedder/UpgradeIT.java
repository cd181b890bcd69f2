package io.voxtag.embedder;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.audio.OggOpusWriter;
import io.voxtag.audio.Pcm;
import io.voxtag.embedder.batch.RandomBundle;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.modelstore.StoredBundle;
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
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import io.voxtag.testkit.speech.TestSpeech;
import io.voxtag.testkit.speech.Voice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Versions of the model replace each other while calls go on; real networks. */
class UpgradeIT {

  private static final Duration DEADLINE = Duration.ofMinutes(4);

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();

  @TempDir static Path folder;

  private static final Map<String, StoredBundle> STORED = new HashMap<>();

  private final String call = TestTopics.unique("call");
  private final String speaker = TestTopics.unique("speaker");
  private final String group = TestTopics.unique("upgraded");
  private final Path log = folder.resolve(group + ".log");

  @BeforeAll
  static void writeBundles() throws Exception {
    Path made = Files.createDirectory(folder.resolve("made"));
    Map<String, Integer> rates =
        Map.of("v1", 16_000, "v2", 16_000, "narrow", 8_000, "damaged", 16_000);
    RandomBundle.writeElsewhere(made, rates);
    try (ModelStore store = TestSettings.store(folder.resolve("store"), folder.resolve("cache"))) {
      for (String version : rates.keySet()) {
        STORED.put(version, store.put(made.resolve(version)));
      }
    }
    Path weights = Path.of(STORED.get("damaged").uri()).resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
  }

  @Test
  void aPromotionAndTheWayBackLoseAndDoubleNoWindowAndCandidatesHaveAllEnrolments()
      throws Exception {
    put("v1", ModelStatus.ACTIVE);
    enroll("one");
    try (EmbedderProcess embedder = start();
        LiveCalls calls = new LiveCalls(KAFKA.topics(), call);
        TopicReader<SpeechEmbedding> windows = KAFKA.topics().read(Topics.SPEECH_EMBEDDINGS);
        TopicReader<EnrollmentEmbedding> enrolled =
            KAFKA.topics().read(Topics.ENROLLMENT_EMBEDDINGS)) {
      awaitWindows(windows, List.of("v1"));

      put("v2", ModelStatus.CANDIDATE);
      enroll("two");
      for (String utterance : List.of("one", "two")) {
        float[] old = vector(enrolled, utterance, "v1");
        assertThat(vector(enrolled, utterance, "v2")).hasSize(24).isNotEqualTo(old);
      }
      try (TopicReader<SpeechEmbedding> copies = KAFKA.topics().read(Topics.SHADOW_EMBEDDINGS)) {
        put("v2", ModelStatus.READY);
        assertThat(copies.await(record -> record.key().startsWith(call), 5, DEADLINE))
            .allSatisfy(
                record -> {
                  assertThat(record.value().getModelVersion()).isEqualTo("v2");
                  assertThat(Vectors.decode(record.value().getVector())).hasSize(24);
                });
      }
      put("v2", ModelStatus.ACTIVE);
      awaitWindows(windows, List.of("v1", "v2"));
      put("v1", ModelStatus.ACTIVE);
      awaitWindows(windows, List.of("v1", "v2", "v1"));
      enroll("three");
      vector(enrolled, "three", "v1");
      vector(enrolled, "three", "v2");

      int expected = calls.end();
      List<ConsumerRecord<String, SpeechEmbedding>> all =
          windows.await(record -> record.key().startsWith(call), expected, DEADLINE);
      assertThat(embedder.isAlive()).as(Files.readString(log)).isTrue();
      windows.toEnd();
      assertThat(windows.await(record -> record.key().startsWith(call), expected, DEADLINE))
          .hasSize(expected);
      assertThat(EmbedderIT.distinct(all)).hasSize(expected);
      versionsByPartition(all)
          .values()
          .forEach(versions -> assertThat(List.of("v1", "v2", "v1")).containsSubsequence(versions));
    }
  }

  @Test
  void afterAKillInTheMiddleThePromotedVersionServesAndNoWindowIsMissing() throws Exception {
    put("v1", ModelStatus.ACTIVE);
    put("v2", ModelStatus.CANDIDATE);
    try (LiveCalls calls = new LiveCalls(KAFKA.topics(), call);
        TopicReader<SpeechEmbedding> windows = KAFKA.topics().read(Topics.SPEECH_EMBEDDINGS)) {
      try (EmbedderProcess embedder = start()) {
        awaitWindows(windows, List.of("v1"));
        put("v2", ModelStatus.ACTIVE);
        awaitWindows(windows, List.of("v1", "v2"));
        assertThat(embedder.isAlive()).as(Files.readString(log)).isTrue();
      }
      int before = ours(windows.toEnd()).size();
      try (EmbedderProcess embedder = start()) {
        windows.await(record -> record.key().startsWith(call), before + 20, DEADLINE);
        int expected = calls.end();
        List<ConsumerRecord<String, SpeechEmbedding>> all =
            windows.awaitUntil(
                record -> record.key().startsWith(call),
                records -> places(records) == expected,
                "all windows",
                DEADLINE);
        assertThat(all.subList(before, all.size()))
            .extracting(record -> record.value().getModelVersion())
            .containsOnly("v2");
        assertThat(embedder.isAlive()).as(Files.readString(log)).isTrue();
      }
    }
  }

  @Test
  void aCandidateThatCannotServeIsRejectedWithTheReason() throws Exception {
    put("v1", ModelStatus.ACTIVE);
    try (EmbedderProcess embedder = start();
        TopicReader<ModelVersion> versions = KAFKA.topics().read(Topics.MODEL_VERSIONS)) {
      put("narrow", ModelStatus.CANDIDATE);
      put("damaged", ModelStatus.CANDIDATE);

      ModelVersion narrow = versions.await("narrow", 2, DEADLINE).get(1).value();
      ModelVersion damaged = versions.await("damaged", 2, DEADLINE).get(1).value();

      assertThat(narrow.getStatus()).isEqualTo(ModelStatus.REJECTED);
      assertThat(narrow.getDetail()).contains("takes 8000 Hz, must be 16000");
      assertThat(damaged.getStatus()).isEqualTo(ModelStatus.REJECTED);
      assertThat(damaged.getDetail()).contains("weights.safetensors");
      assertThat(embedder.isAlive()).as(Files.readString(log)).isTrue();
    }
  }

  private EmbedderProcess start() throws IOException {
    return EmbedderProcess.start(
        UpgradeMain.class,
        log,
        KAFKA.bootstrapServers(),
        group,
        folder.resolve("made").resolve("v1").toString(),
        folder.resolve("store").toString(),
        // Empty at each start, so that what is in the store counts.
        folder.resolve(TestTopics.unique("cache")).toString());
  }

  private static void put(String version, ModelStatus status) {
    StoredBundle bundle = STORED.get(version);
    KAFKA
        .topics()
        .send(
            Topics.MODEL_VERSIONS,
            version,
            ModelVersion.newBuilder()
                .setVersion(version)
                .setStatus(status)
                .setBundleUri(bundle.uri().toString())
                .setBundleSha256(bundle.sha256())
                .setAt(Instant.now())
                .build());
  }

  /** Until some partition has windows of these versions, one after the other. */
  private void awaitWindows(TopicReader<SpeechEmbedding> reader, List<String> versions) {
    reader.awaitUntil(
        record -> record.key().startsWith(call),
        records -> versionsByPartition(records).containsValue(versions),
        "windows of " + versions,
        DEADLINE);
  }

  /** The versions as they follow each other. */
  private static Map<Integer, List<String>> versionsByPartition(
      List<ConsumerRecord<String, SpeechEmbedding>> records) {
    Map<Integer, List<String>> versions = new LinkedHashMap<>();
    for (ConsumerRecord<String, SpeechEmbedding> record : records) {
      List<String> found =
          versions.computeIfAbsent(record.partition(), partition -> new ArrayList<>());
      String version = record.value().getModelVersion();
      if (found.isEmpty() || !found.get(found.size() - 1).equals(version)) {
        found.add(version);
      }
    }
    return versions;
  }

  private List<ConsumerRecord<String, SpeechEmbedding>> ours(
      List<ConsumerRecord<String, SpeechEmbedding>> records) {
    return records.stream().filter(record -> record.key().startsWith(call)).toList();
  }

  private static long places(List<ConsumerRecord<String, SpeechEmbedding>> records) {
    return records.stream()
        .map(record -> record.key() + "/" + record.value().getWindowIndex())
        .distinct()
        .count();
  }

  private float[] vector(
      TopicReader<EnrollmentEmbedding> reader, String utterance, String version) {
    String key = new EnrollmentEmbeddingKey(speaker, utterance, version).encode();
    EnrollmentEmbedding answer = reader.await(key, 1, DEADLINE).get(0).value();
    assertThat(answer.getOutcome()).isEqualTo(EmbeddingOutcome.EMBEDDED);
    return Vectors.decode(answer.getVector());
  }

  private void enroll(String utterance) {
    byte[] file =
        OggOpusWriter.encode(
            new Pcm(TestSpeech.speak(Voice.of(1), 1, Duration.ofSeconds(7), 16_000), 16_000),
            OggOpusWriter.SPEECH_BIT_RATE);
    KAFKA
        .topics()
        .send(
            Topics.ENROLLMENTS,
            new EnrollmentKey(speaker, utterance).encode(),
            Enrollment.newBuilder()
                .setSpeakerId(speaker)
                .setUtteranceId(utterance)
                .setOperation(EnrollmentOperation.ADD)
                .setConsent(
                    Consent.newBuilder()
                        .setBasis("explicit consent")
                        .setGivenAt(Instant.EPOCH)
                        .build())
                .setAudio(
                    AudioClip.newBuilder()
                        .setFormat(AudioFormat.OGG_OPUS)
                        .setData(ByteBuffer.wrap(file))
                        .build())
                .setRequestedAt(Instant.EPOCH)
                .build());
  }
}
