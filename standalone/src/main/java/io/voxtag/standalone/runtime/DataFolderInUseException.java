package io.voxtag.standalone.runtime;

import java.nio.file.Path;

/** Another process works on the data folder. */
public final class DataFolderInUseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DataFolderInUseException(Path folder, String owner) {
    super(
        "The data folder "
            + folder
            + " is in use by "
            + owner
            + ": stop it first, or give another folder with --data");
  }
}
