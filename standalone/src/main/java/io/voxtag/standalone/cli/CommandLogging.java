package io.voxtag.standalone.cli;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * Logging of the commands that run no services. Without it log records would wait for a Quarkus
 * that never starts.
 */
final class CommandLogging {

  // Held, because loggers that nobody holds lose their level.
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  private CommandLogging() {}

  /** Warnings go to standard error, except those of Kafka's clients, which repeat themselves. */
  static void begin() {
    KAFKA.setLevel(Level.ERROR);
    ConsoleHandler console =
        new ConsoleHandler(ConsoleHandler.Target.SYSTEM_ERR, new PatternFormatter("voxtag: %m%n"));
    console.setLevel(Level.WARN);
    InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {console});
  }
}
