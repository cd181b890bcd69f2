package io.voxtag.trainer.dataset;

import java.io.IOException;

/**
 * The disk or the database of the store fails, for example because the disk is full. Nothing was
 * changed; trying again may help.
 */
public final class DatasetUnavailableException extends IOException {

  private static final long serialVersionUID = 1L;

  DatasetUnavailableException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
