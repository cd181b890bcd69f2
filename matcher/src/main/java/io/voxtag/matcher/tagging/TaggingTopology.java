package io.voxtag.matcher.tagging;

import io.voxtag.matcher.MatcherMetrics;
import io.voxtag.matcher.model.ModelSpaces;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Clock;
import java.time.Duration;
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
 * @param models whose vectors are compared, each with the voiceprints of its own space
 * @param timeToLive how long a leg of which nothing more comes is remembered, in stream time
 * @param metrics to count with
 * @param clock for latencies
 */
public record TaggingTopology(
    EventSerdes serdes,
    ModelSpaces models,
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
    builder.stream(
            Topics.SPEECH_EMBEDDINGS.name(),
            Consumed.with(Serdes.String(), serdes.of(Topics.SPEECH_EMBEDDINGS))
                .withTimestampExtractor(new BoundedTimestamps(clock)))
        .process(
            () -> new TaggingProcessor(models, timeToLive, metrics, clock), TaggingProcessor.STORE)
        .to(
            Topics.SPEAKER_TAGS.name(),
            Produced.with(Serdes.String(), serdes.of(Topics.SPEAKER_TAGS)));
    return builder.build();
  }
}
