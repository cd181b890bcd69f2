package io.voxtag.trainer;

import java.nio.file.Path;
import java.util.Map;

/** A trainer in a process of its own, to be killed: brokers, folder. */
final class TrainerMain {

  private TrainerMain() {}

  public static void main(String[] args) throws Exception {
    TrainerFixture.Running running =
        TrainerFixture.start(
            args[0],
            Path.of(args[1]),
            error -> {
              error.printStackTrace();
              Runtime.getRuntime().halt(1);
            },
            Map.of());
    Runtime.getRuntime().addShutdownHook(new Thread(running::close));
    Thread.currentThread().join();
  }
}
