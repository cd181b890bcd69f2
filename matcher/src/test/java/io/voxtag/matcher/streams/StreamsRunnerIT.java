package io.voxtag.matcher.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.matcher.MatcherMetrics;
import io.voxtag.matcher.TestEvents;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.TestTopics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamsRunnerIT {

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();

  @Test
  void anApplicationThatStopsForGoodSaysSoAndWhy() {
    // given
    AtomicReference<Throwable> fatal = new AtomicReference<>();
    String call = TestTopics.unique("call");
    StreamsSettings settings =
        new StreamsSettings(
            KafkaConnection.to(KAFKA.bootstrapServers()),
            TestTopics.unique("broken"),
            1,
            Optional.empty(),
            Topics.SPEECH_EMBEDDINGS,
            Topics.SPEAKER_TAGS);
    MatcherMetrics metrics = new MatcherMetrics(new SimpleMeterRegistry());

    // when
    try (StreamsRunner runner = new StreamsRunner(broken(), settings, metrics, fatal::set)) {
      runner.start();
      KAFKA.topics().send(Topics.SPEECH_EMBEDDINGS, call, TestEvents.window(call, 0, 0, null));

      // then
      await().atMost(Duration.ofMinutes(2)).until(() -> fatal.get() != null);
      assertThat(runner.state()).isEqualTo(State.ERROR);
      assertThat(fatal.get())
          .isInstanceOf(ApplicationStoppedException.class)
          .hasRootCauseMessage("a class is missing");
    }
  }

  private static Topology broken() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            Topics.SPEECH_EMBEDDINGS.name(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .foreach(
            (key, value) -> {
              throw new LinkageError("a class is missing");
            });
    return builder.build();
  }
}
