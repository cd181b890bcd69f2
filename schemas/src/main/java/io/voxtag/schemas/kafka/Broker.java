package io.voxtag.schemas.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Kafka broker, as a thing that may not be there yet. */
public final class Broker {

  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
  private static final Duration ATTEMPT = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private Broker() {}

  /**
   * Waits until a broker answers, for at most {@link KafkaSettings#startTimeout()}, and logs a line
   * for each attempt that fails. Blocks the calling thread.
   *
   * @throws BrokerUnavailableException if none answered in time
   * @throws ConfigException if the settings are wrong, at once
   * @throws AuthenticationException if the broker refuses the credentials, at once
   * @throws InterruptException if the thread is interrupted; it stays so
   */
  public static void await(KafkaSettings settings) {
    long deadline = System.nanoTime() + settings.startTimeout().toNanos();
    try (Probe probe = new Probe(settings)) {
      for (int attempt = 1; ; attempt++) {
        KafkaException failure = probe.ask(Math.min(leftMillis(deadline), ATTEMPT.toMillis()));
        if (failure == null) {
          return;
        }
        LOG.warn(
            "Kafka does not answer, bootstrapServers={} attempt={} giveUpInMs={} reason={}",
            settings.bootstrapServers(),
            attempt,
            leftMillis(deadline),
            rootMessage(failure));
        if (leftMillis(deadline) <= PAUSE.toMillis()) {
          throw new BrokerUnavailableException(
              settings.bootstrapServers(), settings.startTimeout(), failure);
        }
        pause();
      }
    }
  }

  private static long leftMillis(long deadline) {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
  }

  /** A client that is made when the brokers' names resolve, and kept from then on. */
  private static final class Probe implements AutoCloseable {

    private final KafkaSettings settings;
    private @Nullable Admin admin;

    Probe(KafkaSettings settings) {
      this.settings = settings;
    }

    /** Null where a broker answered, otherwise why none did. */
    @Nullable KafkaException ask(long millis) {
      int timeout = Math.max(1, Math.toIntExact(millis));
      try {
        if (admin == null) {
          admin = Admin.create(properties());
        }
        admin.describeCluster(new DescribeClusterOptions().timeoutMs(timeout)).nodes().get();
        return null;
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AuthenticationException refused) {
          throw refused;
        }
        return new KafkaException(e.getCause());
      } catch (KafkaException e) {
        // A name that does not resolve yet comes as a configuration error, but may pass.
        if (e.getCause() instanceof ConfigException wrong && !isUnresolved(wrong)) {
          throw wrong;
        }
        return e;
      }
    }

    private Map<String, Object> properties() {
      Map<String, Object> properties = ClientProperties.admin(settings);
      // The client would otherwise log each of its own attempts, many a second.
      properties.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, PAUSE.toMillis());
      properties.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, PAUSE.toMillis());
      return properties;
    }

    @Override
    public void close() {
      if (admin != null) {
        admin.close(Duration.ZERO);
      }
    }
  }

  private static boolean isUnresolved(ConfigException e) {
    return String.valueOf(e.getMessage()).contains("No resolvable bootstrap");
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
