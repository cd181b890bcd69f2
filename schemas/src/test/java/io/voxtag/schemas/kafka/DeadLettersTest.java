package io.voxtag.schemas.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.schemas.Topics;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final DeadLetters deadLetters = new DeadLetters(producer);

  @Test
  void aDeadLetterIsTheRecordWithTheReason() {
    // given
    ConsumerRecord<byte[], byte[]> source = record("call-audio", "garbage");

    // when
    deadLetters.send(source, new IllegalStateException("no such voice: ß"));

    // then
    ProducerRecord<byte[], byte[]> letter = producer.history().get(0);
    assertThat(letter.topic()).isEqualTo(Topics.CALL_AUDIO.dlq().name());
    assertThat(letter.key()).isEqualTo("call-1".getBytes(UTF_8));
    assertThat(letter.value()).isEqualTo("garbage".getBytes(UTF_8));
    assertThat(header(letter, "trace")).isEqualTo("t1");
    assertThat(header(letter, "voxtag.dlq.reason")).isEqualTo("no such voice: ß");
    assertThat(header(letter, "voxtag.dlq.error-class"))
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(header(letter, "voxtag.dlq.topic")).isEqualTo("call-audio");
    assertThat(header(letter, "voxtag.dlq.partition")).isEqualTo("3");
    assertThat(header(letter, "voxtag.dlq.offset")).isEqualTo("42");
    assertThat(header(letter, "voxtag.dlq.timestamp")).isEqualTo("1700000000000");
  }

  @Test
  void itIsSentOnlyWhenTheBrokerHasIt() {
    // when
    CompletableFuture<RecordMetadata> sent =
        deadLetters.send(record("call-audio", "x"), new Exception()).toCompletableFuture();

    // then
    assertThat(sent).isNotDone();
    producer.completeNext();
    assertThat(sent).isCompleted();
  }

  @Test
  void aFailureOfTheProducerIsPassedOn() {
    // given
    CompletableFuture<RecordMetadata> sent =
        deadLetters.send(record("call-audio", "x"), new Exception()).toCompletableFuture();

    // when
    producer.errorNext(new IllegalStateException("broker gone"));

    // then
    assertThat(sent).isCompletedExceptionally();
  }

  @Test
  void tombstonesAndLongReasonsPass() {
    // when
    ProducerRecord<byte[], byte[]> letter =
        DeadLetters.letter(record("enrollments", null), new Exception("x".repeat(100_000)));

    // then
    assertThat(letter.value()).isNull();
    assertThat(header(letter, DeadLetters.REASON)).hasSize(1000);
  }

  @Test
  void aDeadLetterIsNotSentAgain() {
    assertThatThrownBy(() -> DeadLetters.letter(record("call-audio.dlq", "x"), new Exception()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("call-audio.dlq");
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, @Nullable String value) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", "t1".getBytes(UTF_8));
    return new ConsumerRecord<>(
        topic,
        3,
        42,
        1_700_000_000_000L,
        TimestampType.CREATE_TIME,
        6,
        0,
        "call-1".getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8),
        headers,
        Optional.empty());
  }

  private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }
}
