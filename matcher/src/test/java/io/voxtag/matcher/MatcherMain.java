package io.voxtag.matcher;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.schemas.kafka.KafkaConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Optional;

/** A matcher in a process of its own, which a test can kill. Ends when its input does. */
final class MatcherMain {

  private MatcherMain() {}

  public static void main(String[] args) throws InterruptedException, IOException {
    TestSettings settings =
        new TestSettings(args[2], URI.create(args[1]), Optional.of("the-only-one"));
    Matcher matcher =
        Matcher.start(
            settings,
            KafkaConnection.to(args[0]),
            TestEvents.MODEL,
            Optional.empty(),
            new SimpleMeterRegistry(),
            failure -> Runtime.getRuntime().halt(1));
    // Nothing is said; the end of the input is the end of the test.
    System.in.transferTo(OutputStream.nullOutputStream());
    matcher.close();
  }
}
