package io.voxtag.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects below a place in a bucket; whatever fails is an {@link IOException} that names them. */
final class S3Objects implements AutoCloseable {

  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int BUFFER_BYTES = 1 << 16;

  private final S3Client client;
  private final S3Location location;

  S3Objects(S3Client client, S3Location location) {
    this.client = client;
    this.location = location;
  }

  /** Empty if it is not there. */
  Optional<InputStream> open(String name) throws IOException {
    try {
      ResponseInputStream<GetObjectResponse> content =
          client.getObject(get -> get.bucket(bucket()).key(key(name)));
      // Not all storages tell it in advance.
      long bytes = Objects.requireNonNullElse(content.response().contentLength(), 0L);
      return Optional.of(new ObjectStream(content, bytes, location.uri(name)));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failed("read", location.uri(name), e);
    }
  }

  /** Empty if it is not there. */
  Optional<byte[]> read(String name, int limit) throws IOException {
    Optional<InputStream> object = open(name);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = object.get()) {
      return Optional.of(Bounded.read(in, limit, location.uri(name).toString()));
    }
  }

  /** Uploads what is not there yet; the storage compares the digest of what arrives. */
  void upload(String name, RequestBody content) throws IOException {
    try {
      if (isThere(name, content.optionalContentLength().orElseThrow())) {
        return;
      }
      String digest = md5(content);
      client.putObject(put -> put.bucket(bucket()).key(key(name)).contentMD5(digest), content);
    } catch (SdkException e) {
      throw failed("write", location.uri(name), e);
    }
  }

  // All storages know this one; against damage on the way it is good enough.
  private static String md5(RequestBody content) throws IOException {
    try (InputStream in = content.contentStreamProvider().newStream()) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /**
   * Writes a small object if there is none.
   *
   * @return false if there may be one
   */
  boolean create(String name, byte[] content) throws IOException {
    try {
      client.putObject(
          put -> put.bucket(bucket()).key(key(name)).ifNoneMatch("*"),
          RequestBody.fromBytes(content));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
        return false;
      }
      throw failed("write", location.uri(name), e);
    } catch (SdkException e) {
      throw failed("write", location.uri(name), e);
    }
  }

  private boolean isThere(String name, long bytes) {
    try {
      return client.headObject(head -> head.bucket(bucket()).key(key(name))).contentLength()
          == bytes;
    } catch (NoSuchKeyException e) {
      return false;
    }
  }

  private String bucket() {
    return location.bucket();
  }

  private String key(String name) {
    return location.prefix() + name;
  }

  static IOException failed(String what, URI object, SdkException e) {
    return new IOException("cannot %s %s: %s".formatted(what, object, e.getMessage()), e);
  }

  @Override
  public void close() {
    client.close();
  }
}
