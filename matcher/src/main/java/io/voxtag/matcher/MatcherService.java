package io.voxtag.matcher;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.voxtag.matcher.model.ServedModel;
import io.voxtag.schemas.kafka.Broker;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicAdmin;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops the matcher with the application. A broker that does not come, or a model that
 * cannot be used, stops the start with an exception that says so.
 */
@ApplicationScoped
public class MatcherService {

  private static final Logger LOG = Logger.getLogger(MatcherService.class);

  private final MatcherSettings settings;
  private final KafkaSettings kafka;
  private final MeterRegistry meters;
  private volatile @Nullable Matcher matcher;

  MatcherService(MatcherSettings settings, KafkaSettings kafka, MeterRegistry meters) {
    this.settings = settings;
    this.kafka = kafka;
    this.meters = meters;
  }

  void start(@Observes StartupEvent event) throws InterruptedException {
    SettingsCheck.verify(settings);
    ServedModel model = ServedModel.read(settings.model());
    Broker.await(kafka);
    TopicAdmin.createMissing(kafka);
    matcher = Matcher.start(settings, kafka, model, meters);
    LOG.infof(
        "Matcher started, modelVersion=%s threshold=%s redis=%s",
        model.version(), model.decision().threshold(), settings.redisUrl().getHost());
  }

  void stop(@Observes ShutdownEvent event) {
    matcher().ifPresent(Matcher::close);
  }

  /** The matcher, once it was started. */
  Optional<Matcher> matcher() {
    return Optional.ofNullable(matcher);
  }
}
