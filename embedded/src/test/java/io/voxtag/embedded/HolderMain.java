package io.voxtag.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Another process at work: {@code folder|kafka|redis <folder>}. Writes a line with its server's
 * port, or 0, and waits to be killed or for the end of its input.
 */
final class HolderMain {

  private HolderMain() {}

  public static void main(String[] args) throws IOException {
    PrintStream answer = System.out;
    System.setOut(System.err);
    Path folder = Path.of(args[1]);
    switch (args[0]) {
      case "folder" -> {
        DataFolder held = DataFolder.open(folder);
        hold(0, answer);
        held.close();
      }
      case "kafka" -> {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(folder))) {
          hold(kafka.port(), answer);
        }
      }
      case "redis" -> {
        try (EmbeddedRedis redis = EmbeddedRedis.start(RedisOptions.in(folder))) {
          hold(redis.port(), answer);
        }
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void hold(int port, PrintStream answer) throws IOException {
    answer.println(port);
    answer.flush();
    while (System.in.read() >= 0) {
      // Until the end of input.
    }
  }
}
