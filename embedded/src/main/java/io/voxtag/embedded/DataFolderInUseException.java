package io.voxtag.embedded;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Another process (or another server of this one) works on the data folder. */
public final class DataFolderInUseException extends EmbeddedServerException {

  private final Path folder;
  private final OptionalLong pid;

  DataFolderInUseException(Path folder, OptionalLong pid) {
    super(
        "Data folder "
            + folder
            + " is in use by "
            + (pid.isPresent() ? "process " + pid.getAsLong() : "another process")
            + "; stop that one or choose another folder");
    this.folder = folder;
    this.pid = pid;
  }

  /** The folder asked for. */
  public Path folder() {
    return folder;
  }

  /** The process that works on it, empty where it cannot be told. */
  public OptionalLong pid() {
    return pid;
  }
}
