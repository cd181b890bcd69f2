package io.voxtag.matcher.tagging;

import io.voxtag.matcher.MatcherMetrics;
import io.voxtag.matcher.model.ServedModel;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.scoring.Decision;
import io.voxtag.scoring.VoiceprintSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology that tags windows.
 *
 * @param serdes of the topics
 * @param model whose vectors are compared
 * @param decision on legs
 * @param voiceprints to compare with, asked for at each window
 * @param timeToLive how long a leg of which nothing more comes is remembered, in stream time
 * @param metrics to count with
 * @param clock for latencies
 */
public record TaggingTopology(
    EventSerdes serdes,
    ServedModel model,
    Decision<?> decision,
    Supplier<VoiceprintSnapshot> voiceprints,
    Duration timeToLive,
    MatcherMetrics metrics,
    Clock clock) {

  /** Builds it. */
  public Topology build() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(TaggingProcessor.STORE),
            Serdes.String(),
            Serdes.ByteArray()));
    EmbeddingChecks checks = new EmbeddingChecks(model);
    builder.stream(
            Topics.SPEECH_EMBEDDINGS.name(),
            Consumed.with(Serdes.String(), serdes.of(Topics.SPEECH_EMBEDDINGS))
                .withTimestampExtractor(new BoundedTimestamps(clock)))
        .process(() -> processor(checks, decision), TaggingProcessor.STORE)
        .to(
            Topics.SPEAKER_TAGS.name(),
            Produced.with(Serdes.String(), serdes.of(Topics.SPEAKER_TAGS)));
    return builder.build();
  }

  private <S> TaggingProcessor<S> processor(EmbeddingChecks checks, Decision<S> decides) {
    return new TaggingProcessor<>(checks, decides, voiceprints, timeToLive, metrics, clock);
  }
}
