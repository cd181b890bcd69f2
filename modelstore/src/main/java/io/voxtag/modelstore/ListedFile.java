package io.voxtag.modelstore;

/**
 * A file as {@code model.json} lists it.
 *
 * @param sha256 64 lower-case hexadecimal digits
 * @param bytes its size
 */
record ListedFile(String sha256, long bytes) {

  /**
   * Compares with what was read.
   *
   * @param file for the message
   */
  void require(String file, ListedFile actual) throws BundleRefusedException {
    if (!equals(actual)) {
      throw new BundleRefusedException(
          "%s has %d bytes of SHA-256 %s where model.json lists %d of %s"
              .formatted(file, actual.bytes, actual.sha256, bytes, sha256));
    }
  }

  BundleRefusedException tooLong(String file) {
    return new BundleRefusedException(
        "%s is longer than the %d bytes that model.json lists".formatted(file, bytes));
  }
}
