package io.voxtag.matcher.enrollment;

import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * Brings all recordings of a speaker, under all model versions, to one task: the record keys by
 * themselves would spread them.
 */
final class SpeakerPartitioner implements StreamPartitioner<String, @Nullable EnrollmentEmbedding> {

  @Override
  public Optional<Set<Integer>> partitions(
      String topic, String key, @Nullable EnrollmentEmbedding value, int partitions) {
    return Optional.of(
        Set.of(partition(EnrollmentEmbeddingKey.parse(key).speakerId(), partitions)));
  }

  static int partition(String speaker, int partitions) {
    return Utils.toPositive(Utils.murmur2(speaker.getBytes(StandardCharsets.UTF_8))) % partitions;
  }
}
