package io.voxtag.standalone.dataset;

/** A folder of recordings of which the list that was asked for cannot be made. */
public final class DatasetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatasetException(String message) {
    super(message);
  }
}
