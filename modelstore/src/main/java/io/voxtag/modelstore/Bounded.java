package io.voxtag.modelstore;

import java.io.IOException;
import java.io.InputStream;

/** Reads small files into memory. */
final class Bounded {

  private Bounded() {}

  /**
   * Reads to the end.
   *
   * @param source for the message
   * @throws BundleRefusedException if there are more bytes than the limit
   */
  static byte[] read(InputStream in, int limit, String source) throws IOException {
    byte[] content = in.readNBytes(limit + 1);
    if (content.length > limit) {
      throw new BundleRefusedException("%s is larger than %d bytes".formatted(source, limit));
    }
    return content;
  }
}
