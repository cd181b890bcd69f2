package io.voxtag.embedded;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker with its controller in this JVM, reached over the loopback interface only.
 *
 * <p>Its folder is formatted at the first start and used again at every later one, after a kill of
 * the process too. What it acknowledged survives the end of the process, not a loss of power, as
 * there is no second copy. A fatal error of the broker, which in Kafka ends the JVM, ends only the
 * broker here: see {@link #fault()}.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  // Between finding free ports and binding them somebody else may take one.
  private static final int FREE_PORT_ATTEMPTS = 3;

  private final KafkaOptions options;
  private final DataFolder folder;
  private final int port;
  private final CompletableFuture<BrokerFaultException> fault;
  private final Consumer<BrokerFaultException> faultListener;
  private final BrokerServer server;
  private boolean closed;

  private EmbeddedKafka(
      KafkaOptions options,
      DataFolder folder,
      int port,
      CompletableFuture<BrokerFaultException> fault,
      Consumer<BrokerFaultException> faultListener,
      BrokerServer server) {
    this.options = options;
    this.folder = folder;
    this.port = port;
    this.fault = fault;
    this.faultListener = faultListener;
    this.server = server;
  }

  /**
   * Starts a broker and waits until it serves. Takes some seconds.
   *
   * @throws DataFolderInUseException if another broker works on the folder
   * @throws DataFolderAccessException if the folder cannot be made or written to
   * @throws PortInUseException if somebody listens on the port asked for
   * @throws BrokerFaultException if the broker fails fatally
   * @throws KafkaStartException if it does not start for another reason, or not in time
   * @throws InterruptException if the thread is interrupted; it stays so
   */
  public static EmbeddedKafka start(KafkaOptions options) {
    if (options.port() != 0) {
      Loopback.requireFree("Kafka", options.port());
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return startOnce(options);
      } catch (PortInUseException e) {
        if (e.port() == options.port() || attempt == FREE_PORT_ATTEMPTS) {
          throw e;
        }
        LOG.debug("A free port was taken before Kafka bound it port={}", e.port());
      }
    }
  }

  private static EmbeddedKafka startOnce(KafkaOptions options) {
    long start = System.nanoTime();
    DataFolder folder = DataFolder.open(options.folder());
    CompletableFuture<BrokerFaultException> fault = new CompletableFuture<>();
    Consumer<BrokerFaultException> faultListener = fault::complete;
    BrokerFaults.add(faultListener);
    try {
      String clusterId = BrokerStorage.prepare(folder.path());
      int[] free = Loopback.freePorts(2);
      int port = options.port() == 0 ? free[0] : options.port();
      BrokerServer server = BrokerServer.start(folder.path(), port, free[1], options, fault);
      LOG.info(
          "Kafka started port={} folder={} clusterId={} ms={}",
          port,
          folder.path(),
          clusterId,
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      return new EmbeddedKafka(options, folder, port, fault, faultListener, server);
    } catch (RuntimeException e) {
      BrokerFaults.remove(faultListener);
      folder.close();
      throw e;
    }
  }

  /** Where clients connect: host and port. */
  public String bootstrapServers() {
    return Loopback.HOST + ":" + port;
  }

  /** The port where clients connect. */
  public int port() {
    return port;
  }

  /** Where the data is. */
  public Path folder() {
    return folder.path();
  }

  /**
   * Completes when a broker of this JVM fails fatally, and never otherwise. It cannot be told which
   * broker it was where there are several. What remains is to close the broker; starting it again
   * on the same folder is allowed.
   */
  public CompletableFuture<BrokerFaultException> fault() {
    return fault.copy();
  }

  /** The fatal error if there was one. */
  public Optional<BrokerFaultException> failure() {
    return Optional.ofNullable(fault.getNow(null));
  }

  /**
   * Ends the broker cleanly, within {@link KafkaOptions#closeTimeout()}. A broker that takes longer
   * is left behind with its folder still taken, which is logged; its data stays intact. Closing
   * twice does nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean ended = server.stop(options.closeTimeout());
    BrokerFaults.remove(faultListener);
    if (ended) {
      folder.close();
      LOG.info("Kafka ended folder={}", folder.path());
    } else {
      LOG.warn(
          "Kafka did not end in time, folder={} timeoutMs={}; it is left to the end of the process",
          folder.path(),
          options.closeTimeout().toMillis());
    }
  }
}
