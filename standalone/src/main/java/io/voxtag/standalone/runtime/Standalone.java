package io.voxtag.standalone.runtime;

import io.quarkus.runtime.Quarkus;
import io.voxtag.embedded.DataFolder;
import io.voxtag.schemas.kafka.Broker;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicAdmin;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs everything in this process: the data folder is taken, Kafka and Redis start, topics are
 * made, then the services start. It ends the other way round. Once a process.
 */
public final class Standalone {

  private static final AtomicReference<@Nullable Run> CURRENT = new AtomicReference<>();

  private Standalone() {}

  /** What the beans of this module take over from the program that started Quarkus. */
  record Run(
      StandaloneOptions options,
      Servers servers,
      Scenario scenario,
      Path data,
      Runnable afterwards) {

    /** Stops the servers, then does what was asked for afterwards. */
    void end() {
      try {
        servers.close();
      } finally {
        afterwards.run();
      }
    }
  }

  /**
   * Starts all, runs the scenario and stops all.
   *
   * @param afterwards done when everything has stopped, also on Ctrl-C, but not after a failed
   *     start; may be called twice
   * @return the exit code of the scenario, or of the signal that ended it
   * @throws MissingModelException if there is no model bundle
   * @throws io.voxtag.voiceprint.bundle.BundleException if the bundle is damaged or foreign
   * @throws io.voxtag.embedded.DataFolderInUseException if another process has the data folder
   * @throws io.voxtag.embedded.EmbeddedServerException if Kafka or Redis cannot be started
   * @throws io.voxtag.schemas.kafka.BrokerUnavailableException if a Kafka outside does not answer
   * @throws StartException if a service cannot be started
   */
  public static int run(StandaloneOptions options, Scenario scenario, Runnable afterwards)
      throws IOException {
    int exitCode = runWithServers(options, scenario, afterwards);
    afterwards.run();
    return exitCode;
  }

  private static int runWithServers(
      StandaloneOptions options, Scenario scenario, Runnable afterwards) throws IOException {
    if (!Files.exists(options.model())) {
      throw new MissingModelException(options.model());
    }
    // Found now, damage has a clear message; found by a service, it ends what runs by then.
    ModelBundle.open(options.model());
    try (DataFolder folder = DataFolder.open(options.data());
        Servers servers = Servers.start(options, folder.path())) {
      KafkaSettings kafka = KafkaEnvironment.to(servers.kafka());
      Broker.await(kafka);
      TopicAdmin.createMissing(kafka);
      configure(options, servers, folder.path()).forEach(System::setProperty);
      Run run = new Run(options, servers, scenario, folder.path(), afterwards);
      if (!CURRENT.compareAndSet(null, run)) {
        throw new IllegalStateException("Voxtag runs in this process already");
      }
      return runQuarkus();
    } finally {
      CURRENT.set(null);
    }
  }

  static Run current() {
    Run run = CURRENT.get();
    if (run == null) {
      throw new IllegalStateException(
          "The services were started without the voxtag command, for example by a test or by"
              + " Quarkus' development mode");
    }
    return run;
  }

  static boolean isRunning() {
    return CURRENT.get() != null;
  }

  private static int runQuarkus() {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    AtomicReference<Integer> exitCode = new AtomicReference<>(1);
    Quarkus.run(
        StandaloneApplication.class,
        (code, thrown) -> {
          exitCode.set(code);
          failure.set(thrown);
        });
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new StartException(thrown);
    }
    return exitCode.get();
  }

  // Quarkus reads its configuration when it starts, so that this is the way to hand values over.
  private static Map<String, String> configure(
      StandaloneOptions options, Servers servers, Path data) {
    Map<String, String> values = new TreeMap<>();
    values.put("voxtag.kafka.bootstrap-servers", servers.kafka());
    values.put("voxtag.redis.url", servers.redis());
    values.put("voxtag.model", options.model().toAbsolutePath().toString());
    values.put("voxtag.embedder.device", options.device());
    values.put("voxtag.trainer.enabled", Boolean.toString(options.training()));
    if (options.training()) {
      values.put("voxtag.models.cache", data.resolve("model-cache").toString());
      values.put("voxtag.trainer.runs", data.resolve("runs").toString());
      values.put("voxtag.trainer.data", data.resolve("training").toString());
      values.put("voxtag.trainer.dataset.folder", data.resolve("dataset").toString());
      if (System.getenv("VOXTAG_MODELS_STORE") == null) {
        values.put("voxtag.models.store", data.resolve("models").toUri().toString());
      }
    }
    // One process, one name.
    values.put("voxtag.tracing.service-name", "voxtag");
    values.put("quarkus.http.host", options.host());
    values.put("quarkus.http.port", Integer.toString(options.httpPort()));
    values.put("quarkus.log.file.enabled", "true");
    values.put("quarkus.log.file.path", data.resolve("voxtag.log").toString());
    values.put("quarkus.log.console.level", options.verbose() ? "ALL" : "WARN");
    return values;
  }
}
