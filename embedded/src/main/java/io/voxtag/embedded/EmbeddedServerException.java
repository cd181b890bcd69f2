package io.voxtag.embedded;

/** A server that this process should run cannot be run; each cause has its own type. */
public abstract sealed class EmbeddedServerException extends RuntimeException
    permits BrokerFaultException,
        DataFolderAccessException,
        DataFolderInUseException,
        KafkaStartException,
        PortInUseException,
        RedisNotFoundException,
        RedisStartException {

  EmbeddedServerException(String message) {
    super(message);
  }

  EmbeddedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
