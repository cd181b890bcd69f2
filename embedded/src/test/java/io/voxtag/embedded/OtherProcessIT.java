package io.voxtag.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherProcessIT {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"folder", "redis"})
  void a_second_process_on_a_folder_is_told_which_one_has_it(String what) throws Exception {
    try (Holder other = new Holder(what, folder)) {
      assertThatThrownBy(() -> EmbeddedRedis.start(RedisOptions.in(folder)))
          .isInstanceOf(DataFolderInUseException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("process " + other.pid());
      assertThatThrownBy(() -> DataFolder.open(folder)).hasMessageContaining("" + other.pid());
    }
  }

  @Test
  void a_killed_process_leaves_its_folder_free() throws Exception {
    new Holder("folder", folder).kill();

    DataFolder.open(folder).close();
  }

  @Test
  void a_broker_killed_with_its_process_restarts_with_all_that_it_acknowledged() throws Exception {
    // given
    List<String> written = IntStream.range(0, 500).mapToObj(i -> "value-" + i).toList();
    try (Holder killed = new Holder("kafka", folder)) {
      String bootstrapServers = "127.0.0.1:" + killed.port();
      Records.createTopic(bootstrapServers);
      Records.write(bootstrapServers, written);
    }

    // when
    try (EmbeddedKafka kafka =
        EmbeddedKafka.start(KafkaOptions.in(folder).withStartTimeout(Duration.ofMinutes(5)))) {

      // then
      assertThat(Records.readAll(kafka.bootstrapServers())).isEqualTo(written);
    }
  }

  @Test
  void redis_ends_with_a_process_that_is_killed() throws Exception {
    // given
    long redis;
    try (Holder parent = new Holder("redis", folder)) {
      redis = RedisFiles.number(new RedisFiles(folder).pid()).orElseThrow();
      assertThat(ProcessHandle.of(redis)).isPresent();

      // when
      parent.kill();
    }

    // then
    await().atMost(Duration.ofMinutes(1)).until(() -> ProcessHandle.of(redis).isEmpty());
  }

  @Test
  void a_redis_left_behind_is_ended_and_its_writes_are_kept() throws Exception {
    // given
    RedisFiles files = new RedisFiles(folder.toRealPath());
    int port = Loopback.freePorts(1)[0];
    files.prepare(port, RedisOptions.in(folder).settings());
    RedisProcess left = RedisProcess.start(RedisExecutable.find(files.folder()), files);
    await().ignoreExceptions().until(() -> !call(port, "SET", "name", "Ada").isEmpty());

    // when
    try (EmbeddedRedis redis = EmbeddedRedis.start(RedisOptions.in(folder).withPort(port))) {

      // then
      assertThat(left.isAlive()).isFalse();
      assertThat(redis.pid()).isNotEqualTo(left.pid());
      assertThat(call(port, "GET", "name")).containsExactly("Ada");
    } finally {
      left.kill();
    }
  }

  private static List<String> call(int port, String... command) throws Exception {
    try (RedisConnection redis = RedisConnection.open(port, Duration.ofSeconds(5))) {
      return redis.call(command);
    }
  }
}
