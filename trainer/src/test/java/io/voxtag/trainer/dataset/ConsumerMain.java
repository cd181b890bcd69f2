package io.voxtag.trainer.dataset;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.schemas.kafka.KafkaConnection;
import java.nio.file.Path;

/** An intake in a process of its own, to be killed: brokers, folder. */
final class ConsumerMain {

  private ConsumerMain() {}

  public static void main(String[] args) throws Exception {
    DatasetSettings settings = DatasetSamples.settings(Path.of(args[1]));
    DatasetStore store = DatasetStore.open(settings);
    LabelledDataConsumer consumer =
        new LabelledDataConsumer(
            settings,
            store,
            KafkaConnection.to(args[0]),
            new SimpleMeterRegistry(),
            error -> {
              error.printStackTrace();
              Runtime.getRuntime().halt(1);
            });
    Runtime.getRuntime().addShutdownHook(new Thread(consumer::close));
    Thread.currentThread().join();
  }
}
