package io.voxtag.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedKafkaIT {

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.shared();

  private static final Topic<byte[]> DLQ = Topics.CALL_AUDIO.dlq();

  @Test
  void it_has_all_topics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
      assertThat(admin.listTopics().names().get())
          .containsAll(Topics.all().stream().map(Topic::name).toList());
    }
  }

  @Test
  void it_is_the_same_for_all_classes() {
    assertThat(SharedServers.kafka()).isEqualTo(KAFKA.bootstrapServers());
    assertThatThrownBy(KAFKA::broker).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_reader_from_now_on_does_not_see_what_was_there() {
    // given
    String before = TestTopics.unique("call");
    String after = TestTopics.unique("call");
    KAFKA.topics().sendRaw(DLQ.name(), before, text("old"));
    try (TopicReader<byte[]> reader = KAFKA.topics().readNew(DLQ)) {

      // when
      KAFKA.topics().sendRaw(DLQ.name(), after, text("new"));

      // then
      assertThat(reader.await(after, 1, Duration.ofMinutes(2)))
          .singleElement()
          .satisfies(record -> assertThat(record.value()).isEqualTo(text("new")));
      assertThat(reader.toEnd()).noneMatch(record -> before.equals(record.key()));
    }
  }

  @Test
  void what_does_not_come_fails_with_what_was_found_instead() {
    String key = TestTopics.unique("call");
    KAFKA.topics().sendRaw(DLQ.name(), key, text("one"));
    try (TopicReader<byte[]> reader = KAFKA.topics().read(DLQ)) {
      assertThatThrownBy(() -> reader.await(key, 2, Duration.ofSeconds(1)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("expected 2 records")
          .hasMessageContaining("found 1");
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
