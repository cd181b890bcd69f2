package io.voxtag.console;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.voxtag.console.config.ConsoleSettings;
import io.voxtag.console.feed.Feeds;
import io.voxtag.console.feed.Orders;
import io.voxtag.schemas.kafka.Broker;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicAdmin;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the console with the process. It starts in the background, so that health can be asked for
 * while a broker is waited for. When it cannot start, the process exits with code 1.
 */
@ApplicationScoped
public class ConsoleService {

  private static final Logger LOG = Logger.getLogger(ConsoleService.class);
  private static final int LEAST_TOKEN = 16;

  /**
   * What works while the console runs.
   *
   * @param feeds what is shown
   * @param orders what can be ordered
   */
  public record Running(Feeds feeds, Orders orders) {

    void close() {
      feeds.close();
      orders.close();
    }
  }

  private final ConsoleSettings settings;
  private final KafkaSettings kafka;
  private @Nullable Thread starter;
  private volatile @Nullable Running running;
  private boolean stopped;

  ConsoleService(ConsoleSettings settings, KafkaSettings kafka) {
    this.settings = settings;
    this.kafka = kafka;
  }

  synchronized void onStart(@Observes StartupEvent event) {
    if (!settings.enabled()) {
      return;
    }
    settings
        .token()
        .filter(token -> token.length() < LEAST_TOKEN)
        .ifPresent(
            token -> {
              throw new IllegalArgumentException(
                  "voxtag.console.token has %d characters, must have at least %d"
                      .formatted(token.length(), LEAST_TOKEN));
            });
    starter = new Thread(this::start, "console-start");
    starter.setDaemon(true);
    starter.start();
  }

  void onStop(@Observes ShutdownEvent event) {
    Thread starting;
    Running stopping;
    synchronized (this) {
      stopped = true;
      starting = starter;
      stopping = running;
      running = null;
    }
    if (starting != null) {
      starting.interrupt();
    }
    if (stopping != null) {
      stopping.close();
    }
  }

  /** Whether this process is to serve the page at all. */
  public boolean isEnabled() {
    return settings.enabled();
  }

  /** What works, once it does. */
  public Optional<Running> running() {
    return Optional.ofNullable(running);
  }

  private void start() {
    try {
      Broker.await(kafka);
      TopicAdmin.createMissing(kafka);
      Running started = new Running(new Feeds(settings, kafka), new Orders(kafka));
      boolean late;
      synchronized (this) {
        late = stopped;
        if (!late) {
          running = started;
        }
      }
      if (late) {
        started.close();
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    synchronized (this) {
      if (stopped) {
        return;
      }
    }
    LOG.errorf(cause, "The console cannot start: %s", cause.getMessage());
    Quarkus.asyncExit(1);
  }
}
