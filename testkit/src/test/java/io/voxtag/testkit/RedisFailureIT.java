package io.voxtag.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

class RedisFailureIT {

  @RegisterExtension static final RedisResource REDIS = RedisResource.own();

  @Test
  void it_goes_away_and_comes_back_at_the_same_address_with_its_data() {
    // given
    String url = REDIS.url();
    try (RedisClient client = RedisClient.create(url)) {
      client.set("speaker", "Ada");

      // when
      REDIS.server().stop();

      // then
      assertThatThrownBy(() -> client.get("speaker")).isInstanceOf(JedisConnectionException.class);
    }

    // when
    REDIS.server().start();

    // then
    assertThat(REDIS.server().url()).isEqualTo(url);
    try (RedisClient client = RedisClient.create(url)) {
      assertThat(client.get("speaker")).isEqualTo("Ada");
    }
  }

  @Test
  void acknowledged_writes_survive_a_kill() {
    // given
    try (RedisClient client = RedisClient.create(REDIS.url())) {
      for (int i = 0; i < 1_000; i++) {
        client.hset("voiceprints", "speaker-" + i, "vector-" + i);
      }
    }

    // when
    REDIS.server().kill();
    REDIS.server().start();

    // then
    try (RedisClient client = RedisClient.create(REDIS.url())) {
      assertThat(client.hgetAll("voiceprints"))
          .hasSize(1_000)
          .containsEntry("speaker-999", "vector-999");
    }
  }
}
