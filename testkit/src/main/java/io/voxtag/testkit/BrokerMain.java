package io.voxtag.testkit;

import io.voxtag.embedded.EmbeddedKafka;
import io.voxtag.embedded.KafkaOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process that is a broker: {@code <folder> <port>}. Writes a line with its address when it
 * serves, and ends when its input does, which is when its parent dies at the latest.
 */
final class BrokerMain {

  // Machines that run tests may be very busy; a broker that fails says so at once anyway.
  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

  private BrokerMain() {}

  public static void main(String[] args) throws IOException {
    PrintStream answer = System.out;
    // Whatever logs to the standard output would be taken for the answer.
    System.setOut(System.err);
    KafkaOptions options =
        KafkaOptions.in(Path.of(args[0]))
            .withPort(Integer.parseInt(args[1]))
            .withStartTimeout(START_TIMEOUT);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(options)) {
      // A broker that Kafka would have ended is of no use to a test either.
      var unused = kafka.fault().thenRun(() -> Runtime.getRuntime().halt(1));
      answer.println(kafka.bootstrapServers());
      answer.flush();
      while (System.in.read() >= 0) {
        // Until the end of input.
      }
    }
  }
}
