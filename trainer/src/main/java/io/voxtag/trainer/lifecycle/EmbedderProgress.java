package io.voxtag.trainer.lifecycle;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.schemas.kafka.KafkaSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * How far embedders have read {@code enrollments} under a version, from the offsets of the consumer
 * group that they have for it. Thread-safe.
 */
final class EmbedderProgress implements AutoCloseable {

  private final Admin admin;
  private final String groupPrefix;

  /**
   * Connects.
   *
   * @param group beginning of the groups' names; the version follows
   */
  EmbedderProgress(KafkaSettings kafka, String group) {
    this.admin = Admin.create(ClientProperties.admin(kafka));
    this.groupPrefix = group + "-";
  }

  /**
   * What embedders have still to read.
   *
   * @param members embedders that have loaded the version
   * @param records of {@code enrollments} that are not embedded under it
   */
  record Left(int members, long records) {

    boolean isDone() {
      return members > 0 && records == 0;
    }
  }

  /**
   * What is left under a version.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
   */
  Left left(String version) {
    String group = groupPrefix + version;
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (int i = 0; i < partitions(); i++) {
      wanted.put(new TopicPartition(Topics.ENROLLMENTS.name(), i), OffsetSpec.latest());
    }
    int members = members(group);
    if (members == 0) {
      return new Left(0, 0);
    }
    Map<TopicPartition, ListOffsetsResultInfo> ends =
        KafkaAnswers.await(admin.listOffsets(wanted).all());
    Map<TopicPartition, OffsetAndMetadata> committed =
        KafkaAnswers.await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    long left = 0;
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
      OffsetAndMetadata at = committed.get(end.getKey());
      left += Math.max(0, end.getValue().offset() - (at == null ? 0 : at.offset()));
    }
    return new Left(members, left);
  }

  private int partitions() {
    String topic = Topics.ENROLLMENTS.name();
    return KafkaAnswers.await(admin.describeTopics(List.of(topic)).allTopicNames())
        .get(topic)
        .partitions()
        .size();
  }

  private int members(String group) {
    try {
      ConsumerGroupDescription description =
          KafkaAnswers.await(admin.describeConsumerGroups(List.of(group)).all()).get(group);
      return description.groupState() == GroupState.STABLE ? description.members().size() : 0;
    } catch (GroupIdNotFoundException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
