package io.voxtag.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.ingest.leg.OutstandingBytes;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import io.voxtag.schemas.serde.EventSerdes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class CallAudioPublisherTest {

  private final MockProducer<String, AudioChunk> producer =
      new MockProducer<>(
          false,
          null,
          new StringSerializer(),
          EventSerdes.singleObject().of(Topics.CALL_AUDIO).serializer());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CallAudioPublisher publisher =
      new CallAudioPublisher(
          producer,
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          new IngestMetrics(registry, new OutstandingBytes(1000)));
  private final List<String> outcomes = Collections.synchronizedList(new ArrayList<>());

  @Test
  void chunks_keep_their_order_and_carry_their_call_as_key() {
    // when
    for (int i = 0; i < 100; i++) {
      publish(i);
    }
    await().until(() -> producer.history().size() == 100);

    // then
    assertThat(producer.history())
        .extracting(sent -> sent.value().getSequence())
        .isSorted()
        .hasSize(100);
    assertThat(producer.history()).extracting(ProducerRecord::key).containsOnly("call-1");
    assertThat(producer.history()).extracting(ProducerRecord::timestamp).containsOnly(1234L);
    assertThat(outcomes).isEmpty();
  }

  @Test
  void receipts_tell_what_became_of_a_chunk_and_metrics_count_it() {
    // given
    publish(0);
    publish(1);
    await().until(() -> producer.history().size() == 2);

    // when
    producer.completeNext();
    producer.errorNext(new TimeoutException("too slow"));

    // then
    assertThat(outcomes).containsExactly("0 stored", "1 too slow");
    assertThat(registry.counter("voxtag.ingest.chunks").count()).isEqualTo(1);
    assertThat(registry.counter("voxtag.ingest.samples").count()).isEqualTo(4);
    assertThat(registry.counter("voxtag.ingest.audio.bytes").count()).isEqualTo(8);
    assertThat(registry.counter("voxtag.ingest.chunks.failed").count()).isEqualTo(1);
  }

  @Test
  void a_send_that_throws_fails_its_chunk_alone() {
    // given
    producer.sendException = new TimeoutException("no metadata");
    publish(0);
    await().until(() -> outcomes.size() == 1);

    // when
    producer.sendException = null;
    publish(1);

    // then
    await().until(() -> producer.history().size() == 1);
    assertThat(outcomes).containsExactly("0 no metadata");
    assertThat(publisher.isAlive()).isTrue();
  }

  @Test
  void audio_from_the_future_is_refused_with_what_is_wrong() {
    // given
    publish(0);
    await().until(() -> producer.history().size() == 1);

    // when
    producer.errorNext(new InvalidTimestampException("out of range"));

    // then
    await().until(() -> outcomes.size() == 1);
    assertThat(outcomes.get(0)).contains("1970-01-01T00:00:01.234Z").contains("set the clocks");
    assertThat(publisher.isAlive()).isTrue();
  }

  @Test
  void what_waits_for_the_producer_is_shown() {
    // when
    publish(0);
    publish(1);
    await().until(() -> producer.history().size() == 2);

    // then
    assertThat(registry.get("voxtag.ingest.queue.records").gauge().value()).isZero();
    assertThat(registry.get("voxtag.ingest.queue.bytes").gauge().value()).isZero();
  }

  @Test
  void closing_sends_what_is_queued_and_refuses_what_comes_later() {
    // given
    publish(0);

    // when
    publisher.close();
    publish(1);

    // then
    assertThat(producer.history()).hasSize(1);
    assertThat(producer.closed()).isTrue();
    assertThat(outcomes).contains("1 the service is stopping");
    assertThat(publisher.isAlive()).isFalse();
  }

  private void publish(int sequence) {
    AudioChunk chunk =
        new AudioChunk(
            "call-1",
            0,
            "run",
            (long) sequence,
            0L,
            8000,
            AudioEncoding.PCM_S16LE,
            ByteBuffer.allocate(8),
            Instant.ofEpochMilli(1234),
            false);
    publisher.publish(
        chunk,
        4,
        failure ->
            outcomes.add(sequence + " " + (failure == null ? "stored" : failure.getMessage())));
  }
}
