package io.voxtag.modelstore;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Files in a bucket of S3 or of storage that speaks its protocol. */
final class S3Remote implements Remote {

  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client client;
  private final String bucket;
  private final String prefix;

  private S3Remote(S3Client client, String bucket, String prefix) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /**
   * Opens a bucket; it is not asked for anything yet.
   *
   * @param store {@code s3://bucket/prefix}
   */
  static S3Remote open(URI store, ModelStoreSettings.S3 settings) {
    if (store.getHost() == null) {
      throw new IllegalArgumentException(
          "voxtag.models.store is %s; it must be s3://bucket or s3://bucket/prefix"
              .formatted(store));
    }
    if (settings.accessKey().isPresent() != settings.secretKey().isPresent()) {
      throw new IllegalArgumentException(
          "voxtag.models.s3.access-key and voxtag.models.s3.secret-key need each other");
    }
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .httpClient(UrlConnectionHttpClient.create());
    // Other services than Amazon's are rarely reached by a host name for each bucket.
    settings.endpoint().ifPresent(at -> builder.endpointOverride(at).forcePathStyle(true));
    settings
        .accessKey()
        .ifPresent(
            key ->
                builder.credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(key, settings.secretKey().orElseThrow()))));
    String path = store.getPath().replaceAll("^/+|/+$", "");
    return new S3Remote(builder.build(), store.getHost(), path.isEmpty() ? "" : path + "/");
  }

  @Override
  public URI base() {
    return URI.create("s3://" + bucket + "/" + prefix);
  }

  @Override
  public boolean exists(String name) throws IOException {
    try {
      client.headObject(request -> request.bucket(bucket).key(prefix + name));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw failure(name, e);
    } catch (SdkException e) {
      throw failure(name, e);
    }
  }

  @Override
  public void write(String name, Path content) throws IOException {
    try {
      client.putObject(
          request -> request.bucket(bucket).key(prefix + name).ifNoneMatch("*"),
          RequestBody.fromFile(content));
    } catch (S3Exception e) {
      // Another process was first; whoever fetches compares digests.
      if (e.statusCode() != PRECONDITION_FAILED) {
        throw failure(name, e);
      }
    } catch (SdkException e) {
      throw failure(name, e);
    }
  }

  @Override
  public Optional<Long> read(String name, Path target, long most) throws IOException {
    try (ResponseInputStream<GetObjectResponse> in =
            client.getObject(request -> request.bucket(bucket).key(prefix + name));
        OutputStream out = Files.newOutputStream(target)) {
      return Optional.of(FolderRemote.copy(in, out, name, most));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw failure(name, e);
    } catch (SdkException e) {
      throw failure(name, e);
    }
  }

  private IOException failure(String name, SdkException e) {
    return new IOException("%s%s cannot be reached: %s".formatted(base(), name, e.getMessage()), e);
  }

  @Override
  public void close() {
    client.close();
  }
}
