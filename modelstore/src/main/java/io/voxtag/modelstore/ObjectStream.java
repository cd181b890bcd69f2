package io.voxtag.modelstore;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The content of an object, to its end or with an {@link IOException}. Where a connection breaks
 * off, the HTTP client only says that there is no more; some of its other errors are unchecked.
 */
final class ObjectStream extends FilterInputStream {

  private final long bytes;
  private final URI object;
  private long read;

  ObjectStream(InputStream in, long bytes, URI object) {
    super(in);
    this.bytes = bytes;
    this.object = object;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = readSome(buffer, offset, length);
    read += Math.max(n, 0);
    if (n < 0 && read < bytes) {
      throw new EOFException("%s broke off after %d of %d bytes".formatted(object, read, bytes));
    }
    return n;
  }

  private int readSome(byte[] buffer, int offset, int length) throws IOException {
    try {
      return super.read(buffer, offset, length);
    } catch (SdkException e) {
      throw S3Objects.failed("read", object, e);
    }
  }
}
