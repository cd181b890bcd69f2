package io.voxtag.standalone.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end in order when the process is told to stop. PyTorch frees its own memory when the
 * process exits: whoever is still computing then would crash.
 */
final class EndBySignal implements AutoCloseable {

  // Longer than a step and a checkpoint take, shorter than those who stop processes wait.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "voxtag-stop");
  private volatile Runnable stop = () -> {};

  /** From now on the process does not exit before this is closed, or too long has passed. */
  EndBySignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * @param work makes the work end soon; called by another thread
   */
  void ends(Runnable work) {
    stop = work;
  }

  private void end() {
    stop.run();
    try {
      if (!over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("still computing after " + PATIENCE.toSeconds() + " s; ends now");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is being stopped, and the hook has done its work.
    }
  }
}
