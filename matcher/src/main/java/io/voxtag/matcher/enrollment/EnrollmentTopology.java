package io.voxtag.matcher.enrollment;

import io.voxtag.matcher.MatcherMetrics;
import io.voxtag.matcher.model.ModelSpaces;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The topology that enrols speakers.
 *
 * @param serdes of the topics
 * @param models that recordings may be enrolled under; under versions that are not among them they
 *     are stored without comparison
 * @param registry to write
 * @param pending told how many enrolments wait
 * @param retryInterval how often Redis is asked whether it is there and has all it should have
 * @param metrics to count with
 * @param clock for the time of answers
 */
public record EnrollmentTopology(
    EventSerdes serdes,
    ModelSpaces models,
    Registry registry,
    PendingGauge pending,
    Duration retryInterval,
    MatcherMetrics metrics,
    Clock clock) {

  /** Tasks among which the speakers are divided. */
  public static final int PARTITIONS = Topics.ENROLLMENT_EMBEDDINGS.partitions();

  /** Builds it. */
  public Topology build() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(Facts.STORE),
            Serdes.String(),
            serdes.of(Topics.ENROLLMENT_EMBEDDINGS)));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(Facts.UNCOMPARED_STORE),
            Serdes.String(),
            Serdes.String()));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(PendingEnrollments.STORE),
            Serdes.String(),
            Serdes.ByteArray()));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(EnrollmentProcessor.GENERATION_STORE),
            Serdes.String(),
            Serdes.String()));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(OtherVersions.HELD_STORE),
            Serdes.String(),
            Serdes.Long()));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(Erasures.STORE), Serdes.String(), Serdes.String()));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(OtherVersions.DUE_STORE), Serdes.String(), Serdes.Long()));
    KStream<String, @Nullable EnrollmentResult> decided =
        builder.stream(
                Topics.ENROLLMENT_EMBEDDINGS.name(),
                Consumed.with(Serdes.String(), serdes.of(Topics.ENROLLMENT_EMBEDDINGS)))
            .process(() -> new EnrollmentChecks(models))
            .repartition(
                Repartitioned.<String, EnrollmentEmbedding>as("by-speaker")
                    .withKeySerde(Serdes.String())
                    .withValueSerde(serdes.of(Topics.ENROLLMENT_EMBEDDINGS))
                    .withNumberOfPartitions(PARTITIONS)
                    .withStreamPartitioner(new SpeakerPartitioner()))
            .process(
                () -> new EnrollmentProcessor(this, pending),
                Facts.STORE,
                Facts.UNCOMPARED_STORE,
                OtherVersions.HELD_STORE,
                OtherVersions.DUE_STORE,
                Erasures.STORE,
                PendingEnrollments.STORE,
                EnrollmentProcessor.GENERATION_STORE);
    decided
        .filter((key, result) -> result != null)
        .to(
            Topics.ENROLLMENT_RESULTS.name(),
            Produced.with(Serdes.String(), serdes.of(Topics.ENROLLMENT_RESULTS)));
    decided
        .filter((key, result) -> result == null)
        .mapValues(erased -> (EnrollmentEmbedding) null)
        .to(
            Topics.ENROLLMENT_EMBEDDINGS.name(),
            Produced.with(Serdes.String(), serdes.of(Topics.ENROLLMENT_EMBEDDINGS)));
    return builder.build();
  }
}
