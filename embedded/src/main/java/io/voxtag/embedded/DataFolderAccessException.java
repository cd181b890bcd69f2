package io.voxtag.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** The data folder cannot be made or written to. */
public final class DataFolderAccessException extends EmbeddedServerException {

  DataFolderAccessException(Path folder, IOException cause) {
    super(
        "Data folder "
            + folder
            + " cannot be used ("
            + cause
            + "); it must be a folder that this user may write to",
        cause);
  }
}
