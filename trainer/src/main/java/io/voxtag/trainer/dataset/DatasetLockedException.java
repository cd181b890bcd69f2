package io.voxtag.trainer.dataset;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, or another store of this one, uses the folder. */
public final class DatasetLockedException extends IOException {

  private static final long serialVersionUID = 1L;

  DatasetLockedException(Path folder) {
    super(
        "The dataset folder %s is in use by another trainer; give this one a folder of its own with voxtag.trainer.dataset.folder, or stop the other"
            .formatted(folder));
  }
}
