package io.voxtag.testkit.quarkus;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.voxtag.testkit.SharedServers;
import io.voxtag.testkit.TestBroker;
import io.voxtag.testkit.TestTopics;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives the application under test a broker with all topics ({@code
 * voxtag.kafka.bootstrap-servers}); the shared one, or with the argument {@code own=true} one that
 * the test may stop. Fills fields of type {@link TestTopics}, and with {@code own=true} those of
 * type {@link TestBroker}.
 *
 * <pre>{@code
 * @QuarkusTest
 * @WithTestResource(KafkaTestResource.class)
 * }</pre>
 */
public final class KafkaTestResource implements QuarkusTestResourceLifecycleManager {

  private boolean own;
  private @Nullable TestBroker broker;
  private @Nullable TestTopics topics;

  @Override
  public void init(Map<String, String> arguments) {
    own = Boolean.parseBoolean(arguments.getOrDefault("own", "false"));
  }

  @Override
  public Map<String, String> start() {
    if (own) {
      broker = TestBroker.create();
      topics = new TestTopics(broker.bootstrapServers());
      topics.createAll();
    } else {
      topics = new TestTopics(SharedServers.kafka());
    }
    return Map.of("voxtag.kafka.bootstrap-servers", topics.bootstrapServers());
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(topics, new TestInjector.MatchesType(TestTopics.class));
    if (broker != null) {
      injector.injectIntoFields(broker, new TestInjector.MatchesType(TestBroker.class));
    }
  }

  @Override
  public void stop() {
    if (topics != null) {
      topics.close();
      topics = null;
    }
    if (broker != null) {
      broker.close();
      broker = null;
    }
  }
}
