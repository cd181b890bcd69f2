package io.voxtag.voiceprint.training.features;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file of extracted features that is refused. The message names the file, what is wrong and what
 * would be right.
 */
public final class FeatureFileException extends IOException {

  private static final long serialVersionUID = 1L;

  FeatureFileException(Path file, String problem) {
    super(file + ": " + problem);
  }

  FeatureFileException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
