package io.voxtag.standalone.cli;

/** A command that cannot do what it was asked for, with the reason for the user. */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What was asked for was tried and failed, or cannot be. */
  static CommandException failed(String message) {
    return new CommandException(ExitCodes.FAILED, message);
  }

  /** The command line is wrong. */
  static CommandException usage(String message) {
    return new CommandException(ExitCodes.USAGE, message);
  }

  /** Something that the command needs is not there: a broker, a port, a data folder. */
  static CommandException unavailable(String message) {
    return new CommandException(ExitCodes.UNAVAILABLE, message);
  }

  int exitCode() {
    return exitCode;
  }
}
