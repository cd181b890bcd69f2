package io.voxtag.standalone.runtime;

/** What a standalone process does while its services run. */
@FunctionalInterface
public interface Scenario {

  /**
   * Runs when all services have started; they stop when it returns.
   *
   * @return the exit code of the process
   */
  int run(RunningInstance instance) throws Exception;
}
