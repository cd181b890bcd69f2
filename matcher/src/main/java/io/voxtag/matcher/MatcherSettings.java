package io.voxtag.matcher;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the matcher works; the configuration keys begin with {@code voxtag.matcher}. */
@ConfigMapping(prefix = "voxtag.matcher")
public interface MatcherSettings {

  /**
   * {@code model}: bundle of the model in service, a directory or a zip file. By default what
   * {@code voxtag.model} says, and {@code models/starter} where that says nothing.
   */
  @WithDefault("${voxtag.model:models/starter}")
  Path model();

  /**
   * {@code redis-url}: the Redis of the speaker registry, {@code
   * redis://[[user:]password@]host:port[/database]} or {@code rediss://}. By default what {@code
   * voxtag.redis.url} says, and {@code redis://localhost:6379} where that says nothing.
   */
  @WithName("redis-url")
  @WithDefault("${voxtag.redis.url:redis://localhost:6379}")
  URI redisUrl();

  /** Keys under {@code redis}: what does not belong into an address that is logged and shown. */
  Redis redis();

  /**
   * {@code application-id}: consumer group and prefix of internal topics; matchers with the same
   * one share the work. {@code voxtag-matcher} by default.
   */
  @WithDefault("voxtag-matcher")
  String applicationId();

  /**
   * {@code instance-id}: a name of this instance among its like that stays the same over restarts;
   * a restart then takes up its work without a rebalance. None by default.
   */
  Optional<String> instanceId();

  /** {@code threads}: threads that tag windows, at least 1. 2 by default. */
  @WithDefault("2")
  int threads();

  /**
   * {@code leg-time-to-live}: how long a leg of which nothing more comes is remembered, in stream
   * time, 1 min to 3 d. 1 h by default; less than the embedder may replay would tag windows twice.
   */
  @WithDefault("PT1H")
  Duration legTimeToLive();

  /**
   * {@code redis-start-timeout}: how long to wait at start for the voiceprints in Redis, so that
   * the first tags know them. Afterwards the matcher starts without. 10 s by default.
   */
  @WithDefault("PT10S")
  Duration redisStartTimeout();

  /**
   * {@code retry-interval}: how often enrolments that wait for Redis are tried again, and whether
   * Redis still has what was enrolled is checked. 500 ms by default.
   */
  @WithDefault("PT0.5S")
  Duration retryInterval();

  /** Keys under {@code models}. */
  Models models();

  /** How versions of the model replace each other, where {@code voxtag.models.store} is set. */
  interface Models {

    /**
     * {@code grace}: how long the voiceprints of the version that was in service before stay in
     * memory, so that going back to it takes effect at once. 1 h by default.
     */
    @WithDefault("PT1H")
    Duration grace();
  }

  /** Keys under {@code shadow}. */
  Shadow shadow();

  /** Comparison of versions on their way into service with the one that serves. */
  interface Shadow {

    /**
     * {@code enabled}: whether what {@code shadow-embeddings} holds is decided on and compared.
     * True by default: where nobody writes there, next to nothing is done.
     */
    @WithDefault("true")
    boolean enabled();
  }

  /** Who this process is for Redis, and which Redis it believes. */
  interface Redis {

    /** {@code redis.user}: of Redis' access lists, instead of the one in the address. */
    Optional<String> user();

    /** {@code redis.password}: instead of the one in the address. */
    Optional<String> password();

    /** {@code redis.password-file}: file with the password, instead of {@code redis.password}. */
    Optional<Path> passwordFile();

    /**
     * {@code redis.trust}: PEM file with the certificates of the authorities that the certificate
     * of a {@code rediss://} server may be from. By default those that the JVM trusts.
     */
    Optional<Path> trust();
  }
}
