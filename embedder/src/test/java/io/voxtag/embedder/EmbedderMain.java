package io.voxtag.embedder;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.embedder.batch.FakeModel;
import io.voxtag.schemas.kafka.KafkaConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** An embedder in a process of its own, to be killed: brokers, group, milliseconds a batch. */
final class EmbedderMain {

  private EmbedderMain() {}

  public static void main(String[] args) throws Exception {
    long nanos = Long.parseLong(args[2]) * 1_000_000;
    Embedder embedder =
        Embedder.start(
            TestSettings.with(
                Map.of(
                    "voxtag.embedder.group-id", args[1],
                    "voxtag.embedder.enrollment.group-id", args[1] + "-enrollments",
                    "voxtag.embedder.commit-interval", "PT0.2S",
                    "voxtag.embedder.flow.high-water", "16",
                    "voxtag.embedder.flow.low-water", "4")),
            KafkaConnection.to(args[0]),
            () -> new FakeModel(windows -> slowly(windows, nanos)),
            new SimpleMeterRegistry(),
            error -> Runtime.getRuntime().halt(1));
    Runtime.getRuntime().addShutdownHook(new Thread(embedder::close));
    Thread.currentThread().join();
  }

  private static List<float[]> slowly(List<float[]> windows, long nanos) {
    LockSupport.parkNanos(nanos);
    return windows;
  }
}
