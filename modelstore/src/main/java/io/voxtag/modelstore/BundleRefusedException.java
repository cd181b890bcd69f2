package io.voxtag.modelstore;

import java.io.IOException;

/** A bundle that must not be used. Trying again does not help. */
public final class BundleRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  BundleRefusedException(String message) {
    super(message);
  }
}
