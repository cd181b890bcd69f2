package io.voxtag.schemas.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
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
    long start = System.nanoTime();
    long timeout = settings.startTimeout().toNanos();
    for (int attempt = 1; ; attempt++) {
      long left = timeout - (System.nanoTime() - start);
      KafkaException failure = tryOnce(settings, Math.min(Math.max(left, 1), ATTEMPT.toNanos()));
      if (failure == null) {
        return;
      }
      left = timeout - (System.nanoTime() - start);
      LOG.warn(
          "Kafka does not answer, bootstrapServers={} attempt={} giveUpInMs={} reason={}",
          settings.bootstrapServers(),
          attempt,
          Math.max(0, TimeUnit.NANOSECONDS.toMillis(left)),
          rootMessage(failure));
      if (left <= PAUSE.toNanos()) {
        throw new BrokerUnavailableException(
            settings.bootstrapServers(), settings.startTimeout(), failure);
      }
      pause();
    }
  }

  private static @Nullable KafkaException tryOnce(KafkaSettings settings, long nanos) {
    int millis = Math.max(1, Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(nanos)));
    Map<String, Object> properties = ClientProperties.admin(settings, "voxtag-await");
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    try (Admin admin = Admin.create(properties)) {
      admin.describeCluster().nodes().get();
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
