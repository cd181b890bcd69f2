package io.voxtag.schemas.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.embedded.EmbeddedKafka;
import io.voxtag.embedded.KafkaOptions;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Retention;
import io.voxtag.schemas.SampleEvents;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.AudioFormat;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.serde.EventSerdes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicAdminIT {

  @TempDir static Path folder;
  static EmbeddedKafka kafka;
  static KafkaConnection settings;
  static Admin admin;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(KafkaOptions.in(folder).withStartTimeout(Duration.ofMinutes(3)));
    settings = KafkaConnection.to(kafka.bootstrapServers()).withStartTimeout(Duration.ofMinutes(3));
    Broker.await(settings);
    admin = Admin.create(ClientProperties.admin(settings));
    TopicAdmin.createMissing(settings);
  }

  @AfterAll
  static void stop() {
    admin.close();
    kafka.close();
  }

  @Test
  void allTopicsAreMadeAsDefined() throws Exception {
    for (Topic<?> topic : Topics.all()) {
      assertMadeAsDefined(topic);
    }
    assertThat(TopicAdmin.createMissing(settings))
        .isEqualTo(new TopicAdmin.Report(List.of(), List.of()));
  }

  @Test
  void servicesThatStartAtTheSameMomentMakeEachTopicOnce() throws Exception {
    // given
    List<Topic<?>> topics = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      topics.add(topic("race-" + i, new Retention.LatestPerKey()));
    }
    ExecutorService services = Executors.newFixedThreadPool(4);
    CountDownLatch go = new CountDownLatch(1);
    List<Future<TopicAdmin.Report>> reports = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      reports.add(
          services.submit(
              () -> {
                go.await();
                return new TopicAdmin(admin).createMissing(topics, (short) -1);
              }));
    }

    // when
    go.countDown();
    List<String> created = new ArrayList<>();
    for (Future<TopicAdmin.Report> report : reports) {
      created.addAll(report.get().created());
      assertThat(report.get().warnings()).isEmpty();
    }
    services.shutdown();

    // then
    assertThat(created)
        .containsExactlyInAnyOrderElementsOf(topics.stream().map(Topic::name).toList());
  }

  private static void assertMadeAsDefined(Topic<?> topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    assertThat(
            admin
                .describeTopics(List.of(topic.name()))
                .allTopicNames()
                .get()
                .get(topic.name())
                .partitions())
        .hasSize(topic.partitions());
    assertThat(config.get("cleanup.policy").value()).isEqualTo(topic.retention().cleanupPolicy());
    assertThat(config.get("max.message.bytes").value())
        .isEqualTo(Integer.toString(topic.maxMessageBytes()));
    if (topic.retention() instanceof Retention.For kept) {
      assertThat(config.get("retention.ms").value())
          .isEqualTo(Long.toString(kept.duration().toMillis()));
    } else {
      assertThat(config.get("max.compaction.lag.ms").value()).isEqualTo("86400000");
      assertThat(config.get("delete.retention.ms").value()).isEqualTo("2592000000");
    }
  }

  @Test
  void aLargeRecordingPasses() throws Exception {
    // given: as large as 60 s of audio that does not compress
    byte[] noise = new byte[60 * 48_000 * 2];
    new Random(1).nextBytes(noise);
    Enrollment enrollment =
        Enrollment.newBuilder(SampleEvents.of(Topics.ENROLLMENTS))
            .setAudio(new AudioClip(AudioFormat.WAV, ByteBuffer.wrap(noise)))
            .build();
    String key = new EnrollmentKey("alice", "u1").encode();

    // when
    try (Serde<Enrollment> serde = EventSerdes.of(settings).of(Topics.ENROLLMENTS);
        KafkaProducer<String, Enrollment> producer =
            new KafkaProducer<>(
                ClientProperties.producer(settings, "test", Topics.ENROLLMENTS),
                new StringSerializer(),
                serde.serializer());
        KafkaConsumer<String, Enrollment> consumer =
            new KafkaConsumer<>(
                ClientProperties.consumer(settings, "test", Topics.ENROLLMENTS),
                new StringDeserializer(),
                serde.deserializer())) {
      producer.send(new ProducerRecord<>("enrollments", key, enrollment)).get();
      ConsumerRecord<String, Enrollment> read = first(consumer, Topics.ENROLLMENTS);

      // then
      assertThat(read.key()).isEqualTo(key);
      assertThat(read.value().equals(enrollment)).isTrue();
    }
  }

  @Test
  void aDeadLetterArrives() throws Exception {
    // given
    ConsumerRecord<byte[], byte[]> poison =
        new ConsumerRecord<>("call-audio", 7, 99, "call".getBytes(UTF_8), "junk".getBytes(UTF_8));
    Topic<byte[]> dlq = Topics.CALL_AUDIO.dlq();

    // when
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                ClientProperties.producer(settings, "dlq", dlq),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                ClientProperties.consumer(settings, "dlq", dlq),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      new DeadLetters(producer)
          .send(poison, new IllegalStateException("junk"))
          .toCompletableFuture()
          .get();
      ConsumerRecord<byte[], byte[]> letter = first(consumer, dlq);

      // then
      assertThat(letter.value()).isEqualTo("junk".getBytes(UTF_8));
      assertThat(letter.headers().lastHeader(DeadLetters.OFFSET).value())
          .isEqualTo("99".getBytes(UTF_8));
    }
  }

  private static <K, V> ConsumerRecord<K, V> first(KafkaConsumer<K, V> consumer, Topic<?> topic) {
    consumer.assign(
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
            .toList());
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < deadline) {
      for (ConsumerRecord<K, V> read : consumer.poll(Duration.ofSeconds(1))) {
        return read;
      }
    }
    throw new AssertionError("Nothing arrived in " + topic.name());
  }

  @Test
  void anExistingTopicWithTooLittleIsWarnedOfAndLeftAsItIs() throws Exception {
    // given
    Topic<byte[]> defined = topic("small", new Retention.For(Duration.ofDays(1)));
    make("small", 2, Map.of("max.message.bytes", "1000"));

    // when
    TopicAdmin.Report report = new TopicAdmin(admin).createMissing(List.of(defined), (short) 1);

    // then
    assertThat(report.created()).isEmpty();
    assertThat(report.warnings())
        .containsExactly(
            "Topic small has partitions=2; Voxtag would make 3",
            "Topic small has max.message.bytes=1000; Voxtag would make 5000");
  }

  @Test
  void aRecordFromTheFutureIsRefusedByTheBroker() throws Exception {
    // given
    new TopicAdmin(admin).createMissing(List.of(Topics.CALL_AUDIO), (short) 1);
    long ahead = System.currentTimeMillis() + Duration.ofMinutes(10).toMillis();

    // then
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            ClientProperties.producer(settings, "clock", Topics.CALL_AUDIO),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      assertThatThrownBy(
              () ->
                  producer
                      .send(new ProducerRecord<>("call-audio", 0, ahead, null, new byte[1]))
                      .get())
          .hasCauseInstanceOf(InvalidTimestampException.class);
      producer
          .send(
              new ProducerRecord<>(
                  "call-audio", 0, System.currentTimeMillis() + 60_000, null, new byte[1]))
          .get();
    }
  }

  @Test
  void anExistingTopicThatTakesRecordsFromTheFutureGivesAWarning() throws Exception {
    // given
    Topic<byte[]> defined =
        new Topic<>(
            "ahead",
            byte[].class,
            "any",
            3,
            new Retention.LatestPerKey(),
            5000,
            Optional.of(Duration.ofMinutes(5)));
    make(
        "ahead",
        3,
        Map.of(
            "cleanup.policy",
            "compact",
            "max.message.bytes",
            "5000",
            "message.timestamp.after.max.ms",
            "9000000"));

    // when
    List<String> warnings =
        new TopicAdmin(admin).createMissing(List.of(defined), (short) 1).warnings();

    // then
    assertThat(warnings)
        .containsExactly(
            "Topic ahead has message.timestamp.after.max.ms=9000000; Voxtag would make 300000");
  }

  @Test
  void anExistingTopicThatWouldLoseRecordsIsRefused() throws Exception {
    // given
    Topic<byte[]> defined = topic("kept", new Retention.LatestPerKey());
    make("kept", 3, Map.of("cleanup.policy", "delete"));

    // then
    assertThatThrownBy(() -> new TopicAdmin(admin).createMissing(List.of(defined), (short) 1))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("Topic kept has cleanup.policy=delete; Voxtag needs compact");
  }

  @Test
  void moreCopiesThanBrokersAreRefusedWithTheTopicsName() {
    Topic<byte[]> defined = topic("copies", new Retention.LatestPerKey());

    assertThatThrownBy(() -> new TopicAdmin(admin).createMissing(List.of(defined), (short) 3))
        .isInstanceOf(TopicCreationException.class)
        .hasMessageContaining("copies")
        .hasMessageContaining("3");
  }

  private static Topic<byte[]> topic(String name, Retention retention) {
    return new Topic<>(name, byte[].class, "any", 3, retention, 5000);
  }

  private static void make(String name, int partitions, Map<String, String> config)
      throws Exception {
    admin
        .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(config)))
        .all()
        .get();
  }
}
