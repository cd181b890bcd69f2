package io.voxtag.standalone.cli;

import io.voxtag.schemas.kafka.Broker;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.standalone.runtime.KafkaEnvironment;
import io.voxtag.standalone.runtime.RunningInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which Kafka a client command speaks to. */
final class KafkaOptions {

  private static final String DEFAULT = "localhost:9092";
  // A person waits for the command, and a running broker answers at once.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:VOXTAG_KAFKA}",
      description =
          "Kafka's bootstrap servers. Otherwise those of the 'voxtag up' that runs on the data "
              + "folder, otherwise "
              + DEFAULT
              + ".")
  private @Nullable String servers;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      defaultValue = "${env:VOXTAG_KAFKA_REGISTRY_URL}",
      description = "An Apicurio schema registry, where the records use one.")
  private @Nullable String registry;

  @Mixin private final DataOption data = new DataOption();

  KafkaSettings settings() {
    KafkaConnection connection =
        KafkaEnvironment.to(
                Optional.ofNullable(servers)
                    .or(() -> running().map(RunningInstance::kafka))
                    .orElse(DEFAULT))
            .withStartTimeout(PATIENCE);
    return registry == null ? connection : connection.withRegistry(registry, false);
  }

  /**
   * The same, once that Kafka answers.
   *
   * @throws io.voxtag.schemas.kafka.BrokerUnavailableException if it does not in time
   */
  KafkaSettings reached() {
    KafkaSettings settings = settings();
    Broker.await(settings);
    return settings;
  }

  /** The data folder. */
  Path data() {
    return data.path();
  }

  /** The Voxtag that runs on the data folder, if one does. */
  Optional<RunningInstance> running() {
    return RunningInstance.on(data.path());
  }
}
