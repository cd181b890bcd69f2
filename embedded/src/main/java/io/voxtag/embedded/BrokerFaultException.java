package io.voxtag.embedded;

/** A broker of this process met an error after which Kafka would end the whole JVM. */
public final class BrokerFaultException extends EmbeddedServerException {

  BrokerFaultException(int status, String message) {
    super("Kafka broker failed, status " + status + ": " + message);
  }
}
