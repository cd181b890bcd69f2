package io.voxtag.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

  @TempDir Path folder;

  @Test
  void a_restarted_broker_still_has_what_was_written_and_its_identity() throws Exception {
    // given
    List<String> written = IntStream.range(0, 100).mapToObj(i -> "value-" + i).toList();
    Path identity = folder.resolve("meta.properties");
    String before;
    int port;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(folder))) {
      Records.createTopic(kafka.bootstrapServers());
      Records.write(kafka.bootstrapServers(), written);
      before = Files.readString(identity);
      port = kafka.port();
    }

    // when
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(folder).withPort(port))) {

      // then
      assertThat(Records.readAll(kafka.bootstrapServers())).isEqualTo(written);
      assertThat(Files.readString(identity)).isEqualTo(before);
    }
  }

  @Test
  void a_port_in_use_is_told_by_its_number_and_leaves_the_folder_free() throws Exception {
    // given
    try (ServerSocket other = new ServerSocket(0, 1, Loopback.address())) {
      int port = other.getLocalPort();

      // when, then
      assertThatThrownBy(() -> EmbeddedKafka.start(KafkaOptions.in(folder).withPort(port)))
          .isInstanceOf(PortInUseException.class)
          .hasMessageContaining(Integer.toString(port));
    }
    DataFolder.open(folder).close();
  }

  @Test
  void a_second_broker_on_a_folder_is_refused_and_the_first_goes_on() throws Exception {
    // given
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(folder))) {

      // when, then
      assertThatThrownBy(() -> EmbeddedKafka.start(KafkaOptions.in(folder)))
          .isInstanceOf(DataFolderInUseException.class)
          .hasMessageContaining(folder.toString());
      Records.createTopic(kafka.bootstrapServers());
      Records.write(kafka.bootstrapServers(), List.of("still here"));
      assertThat(Records.readAll(kafka.bootstrapServers())).containsExactly("still here");
    }
  }

  @Test
  void a_wrong_property_stops_the_start_with_its_name() {
    // given
    KafkaOptions options = KafkaOptions.in(folder).withProperty("num.io.threads", "many");

    // when, then
    assertThatThrownBy(() -> EmbeddedKafka.start(options))
        .isInstanceOf(KafkaStartException.class)
        .hasMessageContaining("num.io.threads");
    DataFolder.open(folder).close();
  }

  @Test
  void a_damaged_folder_stops_the_start_and_is_not_formatted_again() throws Exception {
    // given
    EmbeddedKafka.start(KafkaOptions.in(folder)).close();
    Path identity = folder.resolve("meta.properties");
    Files.writeString(identity, "version=1\ncluster.id=another\nnode.id=seven\n");

    // when, then
    assertThatThrownBy(() -> EmbeddedKafka.start(KafkaOptions.in(folder)))
        .isInstanceOf(KafkaStartException.class)
        .hasMessageContaining("meta.properties");
    assertThat(identity).content().contains("node.id=seven");
  }

  @Test
  void a_fatal_error_is_reported_and_ends_neither_this_process_nor_later_brokers()
      throws Exception {
    // given
    Path lost = folder.resolve("lost");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(lost))) {
      assertThat(kafka.failure()).isEmpty();

      // when
      deleteAll(lost);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        CreateTopicsResult unanswered =
            admin.createTopics(List.of(new NewTopic("t", 1, (short) 1)));

        // then
        assertThat(kafka.fault()).succeedsWithin(Duration.ofMinutes(1));
        assertThat(kafka.failure())
            .get()
            .extracting(Throwable::getMessage)
            .asString()
            .contains("1");
        assertThat(unanswered.values()).containsOnlyKeys("t");
      }
    }

    // then
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("new")))) {
      Records.createTopic(kafka.bootstrapServers());
      assertThat(kafka.failure()).isEmpty();
    }
  }

  @Test
  void closing_twice_is_allowed() {
    EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(folder));

    kafka.close();
    kafka.close();

    DataFolder.open(folder).close();
  }

  private static void deleteAll(Path path) throws Exception {
    try (Stream<Path> found = Files.walk(path)) {
      for (Path deepestFirst : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(deepestFirst);
      }
    }
  }
}
