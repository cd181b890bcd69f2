package io.voxtag.embedded;

/** There is no Redis to start. */
public final class RedisNotFoundException extends EmbeddedServerException {

  RedisNotFoundException(String system) {
    super(
        "No redis-server on the PATH and none packaged for "
            + system
            + "; install Redis 6.2 or later, or use one that runs elsewhere");
  }
}
