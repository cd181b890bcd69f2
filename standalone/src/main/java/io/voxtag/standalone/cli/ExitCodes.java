package io.voxtag.standalone.cli;

/** What the exit codes of {@code voxtag} mean. */
final class ExitCodes {

  /** Done, or the answer is yes. */
  static final int OK = 0;

  /** Tried and failed, or the answer is no. */
  static final int FAILED = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** Something that is needed is not there or taken: a broker, a port, the data folder. */
  static final int UNAVAILABLE = 3;

  private ExitCodes() {}
}
