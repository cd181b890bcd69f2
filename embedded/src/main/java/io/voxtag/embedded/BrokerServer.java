package io.voxtag.embedded;

import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka's server with a limit to the time that its start and its end may take. */
final class BrokerServer {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerServer.class);

  private final KafkaRaftServer server;

  private BrokerServer(KafkaRaftServer server) {
    this.server = server;
  }

  static BrokerServer start(
      Path folder,
      int port,
      int controllerPort,
      KafkaOptions options,
      CompletableFuture<BrokerFaultException> fault) {
    BrokerServer broker = new BrokerServer(create(folder, port, controllerPort, options));
    CompletableFuture<Void> started = inBackground("start", broker.server::startup);
    boolean up = false;
    try {
      // Kafka may wait for ever for a part of itself that has failed.
      CompletableFuture.anyOf(started, fault)
          .get(options.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
      if (fault.isDone()) {
        throw fault.join();
      }
      up = true;
      return broker;
    } catch (ExecutionException e) {
      throw failure(folder, port, controllerPort, e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaStartException(
          folder, "it was not up after " + options.startTimeout().toSeconds() + " s", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } finally {
      if (!up && !broker.stop(options.closeTimeout())) {
        LOG.warn("Parts of a Kafka that did not start are left behind folder={}", folder);
      }
    }
  }

  /** Ends the server; false if it had not ended after that time. */
  boolean stop(Duration timeout) {
    CompletableFuture<Void> stopped = inBackground("stop", server::shutdown);
    try {
      stopped.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      LOG.warn("Kafka failed to end cleanly", e.getCause());
      return false;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static KafkaRaftServer create(
      Path folder, int port, int controllerPort, KafkaOptions options) {
    try {
      return new KafkaRaftServer(
          new KafkaConfig(BrokerProperties.of(folder, port, controllerPort, options), false),
          Time.SYSTEM);
    } catch (ConfigException e) {
      throw new KafkaStartException(folder, e.getMessage(), e);
    } catch (RuntimeException e) {
      throw failure(folder, port, controllerPort, e);
    }
  }

  private static EmbeddedServerException failure(
      Path folder, int port, int controllerPort, Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException bind) {
        boolean controllers = String.valueOf(thrown.getMessage()).contains(":" + controllerPort);
        return new PortInUseException("Kafka", controllers ? controllerPort : port, bind);
      }
    }
    return new KafkaStartException(folder, String.valueOf(thrown.getMessage()), thrown);
  }

  private static CompletableFuture<Void> inBackground(String name, Runnable work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
                done.complete(null);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            },
            "embedded-kafka-" + name);
    thread.setDaemon(true);
    thread.start();
    return done;
  }
}
