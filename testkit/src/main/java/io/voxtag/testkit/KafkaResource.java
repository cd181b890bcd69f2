package io.voxtag.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A broker with all of Voxtag's topics for a test class; a static field with {@code
 * RegisterExtension}.
 *
 * <pre>{@code
 * @RegisterExtension static final KafkaResource KAFKA = KafkaResource.shared();
 * }</pre>
 */
public final class KafkaResource implements BeforeAllCallback, AfterAllCallback {

  private final boolean shared;
  private @Nullable TestBroker broker;
  private @Nullable TestTopics topics;

  private KafkaResource(boolean shared) {
    this.shared = shared;
  }

  /**
   * The broker that all classes of this JVM share. Its topics hold records of other tests: use keys
   * of your own.
   */
  public static KafkaResource shared() {
    return new KafkaResource(true);
  }

  /** A broker for this class alone, which it may stop, kill and start again. */
  public static KafkaResource own() {
    return new KafkaResource(false);
  }

  /** Where clients connect: host and port. */
  public String bootstrapServers() {
    return topics().bootstrapServers();
  }

  /** Writes and reads the broker's topics. */
  public TestTopics topics() {
    return started(topics);
  }

  /**
   * The broker itself.
   *
   * @throws IllegalStateException for the shared broker, which is not a test's to stop
   */
  public TestBroker broker() {
    if (shared) {
      throw new IllegalStateException(
          "Other tests use the shared broker; take KafkaResource.own() to stop it");
    }
    return started(broker);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (shared) {
      topics = new TestTopics(SharedServers.kafka());
    } else {
      broker = TestBroker.create();
      topics = new TestTopics(broker.bootstrapServers());
      topics.createAll();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (topics != null) {
      topics.close();
      topics = null;
    }
    if (broker != null) {
      broker.close();
      broker = null;
    }
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("Only within the test class, from @BeforeAll on");
    }
    return part;
  }
}
