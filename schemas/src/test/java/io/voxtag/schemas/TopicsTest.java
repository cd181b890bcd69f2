package io.voxtag.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void everyTopicIsFoundByItsName() {
    assertThat(Topics.all())
        .allSatisfy(topic -> assertThat(Topics.named(topic.name())).contains(topic))
        .extracting(Topic::name)
        .doesNotHaveDuplicates();
    assertThat(Topics.named("no-such-topic")).isEmpty();
  }

  @Test
  void topicsOfCallsHaveTheSamePartitions() {
    assertThat(Topics.CALL_AUDIO.partitions())
        .isEqualTo(Topics.SPEECH_EMBEDDINGS.partitions())
        .isEqualTo(Topics.SHADOW_EMBEDDINGS.partitions())
        .isEqualTo(Topics.SPEAKER_TAGS.partitions());
  }

  @Test
  void whatCanBeErasedIsKeptByKey() {
    assertThat(
            List.of(Topics.ENROLLMENTS, Topics.ENROLLMENT_EMBEDDINGS, Topics.LABELLED_UTTERANCES))
        .allSatisfy(topic -> assertThat(topic.retention().cleanupPolicy()).isEqualTo("compact"));
  }

  @Test
  void aDeadLetterFitsWhereItsRecordDid() {
    assertThat(Topics.deadLetters())
        .allSatisfy(
            dlq -> {
              Topic<?> topic = Topics.named(dlq.name().replace(".dlq", "")).orElseThrow();
              assertThat(dlq.maxMessageBytes()).isGreaterThan(topic.maxMessageBytes());
            });
  }
}
