package io.voxtag.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the place of the end of the JVM, which is Kafka's answer to a fatal error. Kafka keeps its
 * exit procedures per JVM, so all its brokers are told.
 */
final class BrokerFaults {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerFaults.class);
  private static final Set<Consumer<BrokerFaultException>> LISTENERS =
      ConcurrentHashMap.newKeySet();

  private BrokerFaults() {}

  /** Tells this listener of faults, on the failing thread, until it is removed. */
  static void add(Consumer<BrokerFaultException> listener) {
    // They stay for good: threads of a broker that was closed may still fail.
    Exit.setExitProcedure(BrokerFaults::report);
    Exit.setHaltProcedure(BrokerFaults::report);
    LISTENERS.add(listener);
  }

  static void remove(Consumer<BrokerFaultException> listener) {
    LISTENERS.remove(listener);
  }

  private static void report(int status, String message) {
    BrokerFaultException fault =
        new BrokerFaultException(
            status, message == null ? "see the log lines before this one" : message);
    LOG.error("Kafka would have ended this process status={} thread={}", status, thread(), fault);
    LISTENERS.forEach(listener -> listener.accept(fault));
  }

  private static String thread() {
    return Thread.currentThread().getName();
  }
}
