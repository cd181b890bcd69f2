package io.voxtag.testkit;

/** Shutdown hooks that are no longer needed. */
final class Hooks {

  private Hooks() {}

  /** Removes a hook; does nothing when called by the hook itself. */
  static void remove(Thread hook) {
    if (!Thread.currentThread().equals(hook)) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
