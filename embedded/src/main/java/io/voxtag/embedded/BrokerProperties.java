package io.voxtag.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of a broker that is alone, small, and soon back after a kill. */
final class BrokerProperties {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final int MIB = 1024 * 1024;

  private BrokerProperties() {}

  static Map<String, String> of(Path logDir, int port, int controllerPort, KafkaOptions options) {
    Map<String, String> p = new HashMap<>();
    String clients = "PLAINTEXT://" + Loopback.HOST + ":" + port;
    String controller = Loopback.HOST + ":" + controllerPort;
    p.put("process.roles", "broker,controller");
    p.put("node.id", Integer.toString(NODE_ID));
    p.put("controller.quorum.voters", NODE_ID + "@" + controller);
    p.put("listeners", clients + "," + CONTROLLER_LISTENER + "://" + controller);
    p.put("advertised.listeners", clients);
    p.put("controller.listener.names", CONTROLLER_LISTENER);
    p.put(
        "listener.security.protocol.map",
        CONTROLLER_LISTENER + ":PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL");
    p.put("log.dirs", logDir.toString());
    p.put("server.max.startup.time.ms", Long.toString(options.startTimeout().toMillis()));
    alone(p);
    small(p);
    soonBack(p);
    p.putAll(options.properties());
    return p;
  }

  private static void alone(Map<String, String> p) {
    p.put("default.replication.factor", "1");
    p.put("offsets.topic.replication.factor", "1");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("auto.create.topics.enable", "false");
  }

  private static void small(Map<String, String> p) {
    p.put("offsets.topic.num.partitions", "4");
    p.put("transaction.state.log.num.partitions", "4");
    p.put("share.coordinator.state.topic.num.partitions", "1");
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "3");
    p.put("background.threads", "2");
    p.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 * MIB));
    p.put("log.segment.bytes", Integer.toString(64 * MIB));
    p.put("log.index.size.max.bytes", Integer.toString(MIB));
    p.put("metadata.log.segment.bytes", Integer.toString(8 * MIB));
  }

  private static void soonBack(Map<String, String> p) {
    // After a kill the controller refuses the broker until its former session has ended; much
    // shorter, and a busy machine would lose its session while it works.
    p.put("broker.session.timeout.ms", "6000");
    p.put("broker.heartbeat.interval.ms", "1000");
    p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
  }
}
