package io.voxtag.standalone.runtime;

import java.nio.file.Path;

/** There is no model bundle where one is needed. */
public final class MissingModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MissingModelException(Path model) {
    super(
        "No model bundle at "
            + model.toAbsolutePath()
            + ": give a folder with model.json, or a zip of one, with --model");
  }
}
