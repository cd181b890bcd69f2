package io.voxtag.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentOperation;
import io.voxtag.schemas.event.LabelledUtterance;
import io.voxtag.schemas.kafka.DeadLetters;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import io.voxtag.testkit.speech.TestSpeech;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LabelledDataIT {

  private static final Duration DEADLINE = Duration.ofMinutes(1);

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();

  @TempDir private Path folder;

  private final AtomicReference<Throwable> fatal = new AtomicReference<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final String ann = TestTopics.unique("ann");
  private final String bob = TestTopics.unique("bob");
  private int sentence;

  @AfterEach
  void nothingWasFatal() {
    assertThat(fatal).hasValue(null);
  }

  @Test
  void whatCannotBeUsedGoesToTheDeadLettersAndTheRestIsTaken() throws Exception {
    byte[] shared = speech();
    send(key(ann, "good"), record(key(ann, "good"), shared).build());
    send(key(ann, "asked"), record(key(ann, "asked"), speech()).setConsent(null).build());
    send(key(ann, "broken"), record(key(ann, "broken"), new byte[] {1, 2, 3}).build());
    float[] silence = TestSpeech.silence(Duration.ofSeconds(3), DatasetSamples.RATE);
    send(key(ann, "silent"), record(key(ann, "silent"), DatasetSamples.flac(silence)).build());
    send(key(ann, "other"), record(key(ann, "mine"), speech()).build());
    KAFKA.topics().sendRaw("labelled-utterances", key(ann, "raw").encode(), new byte[] {0});
    KAFKA.topics().sendRaw("labelled-utterances", ann, new byte[] {0});
    send(key(bob, "last"), record(key(bob, "last"), speech()).build());

    try (DatasetStore store = DatasetStore.open(settings());
        LabelledDataConsumer consumer = start(store);
        TopicReader<byte[]> letters = KAFKA.topics().read(Topics.LABELLED_UTTERANCES.dlq())) {
      awaitKeys(store, key(ann, "good"), key(bob, "last"));
      // Of two that wait already, the later record may be read first, and is then no dead letter.
      send(key(bob, "same audio"), record(key(bob, "same audio"), shared).build());
      assertThat(reason(letters, key(bob, "same audio").encode())).contains("speaker " + ann);
      await().atMost(DEADLINE).until(consumer::isCaughtUp);
      awaitKeys(store, key(ann, "good"), key(bob, "last"));

      assertThat(reason(letters, key(ann, "asked").encode())).contains("carries no consent");
      assertThat(reason(letters, key(ann, "broken").encode()))
          .contains("WAV, FLAC, MP3 or Ogg Opus");
      assertThat(reason(letters, key(ann, "silent").encode())).contains("of speech");
      assertThat(reason(letters, key(ann, "other").encode())).contains("utterance mine");
      assertThat(reason(letters, key(ann, "raw").encode())).contains("labelled-utterances");
      assertThat(reason(letters, ann)).contains("speakerId/utteranceId");
      assertThat(registry.get("voxtag.trainer.dataset.utterances").gauge().value())
          .isGreaterThanOrEqualTo(2);
      assertThat(
              registry
                  .get("voxtag.trainer.utterances")
                  .tag("outcome", "contested")
                  .counter()
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void erasureReachesTheStoreAndKafkaAndARebuildEndsTheSame() throws Exception {
    for (String utterance : List.of("1", "2", "3")) {
      send(key(ann, utterance), record(key(ann, utterance), speech()).build());
      send(key(bob, utterance), record(key(bob, utterance), speech()).build());
    }
    byte[] later = speech();
    try (DatasetStore store = DatasetStore.open(settings());
        LabelledDataConsumer consumer = start(store);
        TopicReader<byte[]> labelled = KAFKA.topics().read(Topics.LABELLED_UTTERANCES.raw())) {
      awaitKeys(
          store,
          key(ann, "1"),
          key(ann, "2"),
          key(ann, "3"),
          key(bob, "1"),
          key(bob, "2"),
          key(bob, "3"));

      // An enrolment alone changes nothing, the tombstone of one erases the speaker.
      KAFKA.topics().send(Topics.ENROLLMENTS, key(ann, "e").encode(), enrollment(ann, "e"));
      KAFKA.topics().send(Topics.ENROLLMENTS, key(bob, "e").encode(), enrollment(bob, "e"));
      KAFKA.topics().send(Topics.ENROLLMENTS, key(ann, "e").encode(), null);
      send(key(bob, "2"), null);
      awaitKeys(store, key(bob, "1"), key(bob, "3"));
      for (String utterance : List.of("1", "2", "3")) {
        List<ConsumerRecord<String, byte[]>> records =
            labelled.await(key(ann, utterance).encode(), 2, DEADLINE);
        assertThat(records.get(1).value()).isNull();
      }

      // Who agrees again is taken again.
      send(key(ann, "1"), record(key(ann, "1"), later).build());
      awaitKeys(store, key(ann, "1"), key(bob, "1"), key(bob, "3"));
      await().atMost(DEADLINE).until(consumer::isCaughtUp);
      assertThat(store.owedTombstones()).isEmpty();
      await().atMost(DEADLINE).until(() -> committed() >= 9);
    }
    List<StoredUtterance> before = mine();

    delete(folder.resolve("dataset"));
    try (DatasetStore store = DatasetStore.open(settings());
        LabelledDataConsumer consumer = start(store)) {
      awaitKeys(store, key(ann, "1"), key(bob, "1"), key(bob, "3"));
      await().atMost(DEADLINE).until(consumer::isCaughtUp);
      assertThat(keys(store))
          .containsExactlyInAnyOrder(key(ann, "1"), key(bob, "1"), key(bob, "3"));
    }
    assertThat(mine()).usingRecursiveComparison().ignoringFields("addedAt").isEqualTo(before);
  }

  @Test
  void whatIsLabelledAfterAnErasureThatWasSleptThroughStays() throws Exception {
    send(key(ann, "1"), record(key(ann, "1"), speech()).build());
    send(key(ann, "2"), record(key(ann, "2"), speech()).build());
    try (DatasetStore store = DatasetStore.open(settings());
        LabelledDataConsumer consumer = start(store)) {
      awaitKeys(store, key(ann, "1"), key(ann, "2"));
      assertThat(consumer.isAlive()).isTrue();
    }
    long erased = KAFKA.topics().send(Topics.ENROLLMENTS, key(ann, "e").encode(), null).timestamp();
    await().until(() -> System.currentTimeMillis() > erased);
    send(key(ann, "1"), record(key(ann, "1"), speech()).build());

    try (DatasetStore store = DatasetStore.open(settings());
        LabelledDataConsumer consumer = start(store);
        TopicReader<byte[]> labelled = KAFKA.topics().read(Topics.LABELLED_UTTERANCES.raw())) {
      assertThat(labelled.await(key(ann, "2").encode(), 2, DEADLINE).get(1).value()).isNull();
      awaitKeys(store, key(ann, "1"));
      await().atMost(DEADLINE).until(consumer::isCaughtUp);
      assertThat(keys(store)).containsExactly(key(ann, "1"));
      assertThat(labelled.toEnd())
          .filteredOn(record -> record.key().equals(key(ann, "1").encode()))
          .allSatisfy(record -> assertThat(record.value()).isNotNull());
    }
  }

  @Test
  void aDiskThatFailsHoldsReadingBackUntilItWorksAgain() throws Exception {
    Path objects = folder.resolve("dataset/objects");
    Files.createDirectories(objects.getParent());
    Files.writeString(objects, "no folder");
    send(key(ann, "1"), record(key(ann, "1"), speech()).build());
    send(key(ann, "2"), record(key(ann, "2"), speech()).build());

    try (DatasetStore store = DatasetStore.open(settings());
        LabelledDataConsumer consumer = start(store)) {
      await().atMost(DEADLINE).until(() -> consumer.problem().isPresent());
      assertThat(consumer.problem()).hasValueSatisfying(why -> assertThat(why).contains("stored"));
      assertThat(consumer.isCaughtUp()).isFalse();
      assertThat(consumer.isAlive()).isTrue();
      assertThat(keys(store)).isEmpty();

      // Erasures go on: they may be what makes room.
      Instant now = Instant.now();
      KAFKA.topics().send(Topics.ENROLLMENTS, key(bob, "e").encode(), null);
      await().atMost(DEADLINE).until(() -> store.isErased(bob, now));

      Files.delete(objects);

      awaitKeys(store, key(ann, "1"), key(ann, "2"));
      await().atMost(DEADLINE).until(consumer::isCaughtUp);
      assertThat(consumer.problem()).isEmpty();
    }
  }

  @Test
  void aKilledBrokerIsWaitedFor() throws Exception {
    send(key(ann, "1"), record(key(ann, "1"), speech()).build());
    try (DatasetStore store = DatasetStore.open(settings());
        LabelledDataConsumer consumer = start(store)) {
      awaitKeys(store, key(ann, "1"));

      KAFKA.broker().kill();
      KAFKA.broker().start();
      send(key(ann, "2"), record(key(ann, "2"), speech()).build());

      awaitKeys(store, key(ann, "1"), key(ann, "2"));
      assertThat(consumer.isAlive()).isTrue();
    }
  }

  private DatasetSettings settings() {
    return DatasetSamples.settings(folder.resolve("dataset"), "group-id", "it-" + ann);
  }

  private LabelledDataConsumer start(DatasetStore store) {
    return new LabelledDataConsumer(
        settings(), store, KafkaConnection.to(KAFKA.bootstrapServers()), registry, fatal::set);
  }

  private byte[] speech() {
    return DatasetSamples.speech(1, Math.abs(ann.hashCode() % 100_000) + sentence++);
  }

  private static EnrollmentKey key(String speaker, String utterance) {
    return new EnrollmentKey(speaker, utterance);
  }

  private static LabelledUtterance.Builder record(EnrollmentKey key, byte[] flac) {
    return DatasetSamples.record(key, flac);
  }

  private static void send(EnrollmentKey key, @Nullable LabelledUtterance record) {
    KAFKA.topics().send(Topics.LABELLED_UTTERANCES, key.encode(), record);
  }

  private static Enrollment enrollment(String speaker, String utterance) {
    return Enrollment.newBuilder()
        .setSpeakerId(speaker)
        .setUtteranceId(utterance)
        .setOperation(EnrollmentOperation.ADD)
        .setRequestedAt(Instant.EPOCH)
        .build();
  }

  private void awaitKeys(DatasetStore store, EnrollmentKey... expected) {
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(keys(store)).containsExactlyInAnyOrder(expected));
  }

  private List<EnrollmentKey> keys(DatasetStore store) throws IOException {
    return mine(store).stream()
        .map(utterance -> key(utterance.speakerId(), utterance.utteranceId()))
        .toList();
  }

  private List<StoredUtterance> mine() throws IOException {
    try (DatasetStore store = DatasetStore.open(settings())) {
      return mine(store);
    }
  }

  private List<StoredUtterance> mine(DatasetStore store) throws IOException {
    return store.snapshot(Optional.empty()).utterances().stream()
        .filter(utterance -> List.of(ann, bob).contains(utterance.speakerId()))
        .toList();
  }

  private static String reason(TopicReader<byte[]> letters, String key) {
    return new String(
        letters.await(key, 1, DEADLINE).get(0).headers().lastHeader(DeadLetters.REASON).value(),
        StandardCharsets.UTF_8);
  }

  /** How far the group shows that was read, all partitions together. */
  private long committed() throws Exception {
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.bootstrapServers()))) {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets("it-" + ann).partitionsToOffsetAndMetadata().get();
      return offsets.values().stream().mapToLong(OffsetAndMetadata::offset).sum();
    }
  }

  private static void delete(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
