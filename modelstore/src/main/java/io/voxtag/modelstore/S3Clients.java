package io.voxtag.modelstore;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of the settings. */
final class S3Clients {

  private static final String KEYS = "voxtag.models.s3.";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  private S3Clients() {}

  static S3Client create(ModelStoreSettings.S3 settings) {
    if (settings.region().isBlank()) {
      throw new IllegalArgumentException(
          KEYS + "region is empty; it must name a region, as us-east-1");
    }
    settings.endpoint().ifPresent(S3Clients::requireHttp);
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings.accessKey(), settings.secretKey()))
            // Everything is checked by SHA-256; not all storages know the client's own checksums.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(READ_TIMEOUT));
    // Other storages seldom have a host name for each bucket.
    settings.endpoint().ifPresent(at -> builder.endpointOverride(at).forcePathStyle(true));
    return builder.build();
  }

  private static void requireHttp(URI endpoint) {
    boolean http =
        "http".equalsIgnoreCase(endpoint.getScheme())
            || "https".equalsIgnoreCase(endpoint.getScheme());
    if (!http || endpoint.getHost() == null) {
      throw new IllegalArgumentException(
          "%sendpoint is '%s'; it must be https://HOST or http://HOST:PORT"
              .formatted(KEYS, endpoint));
    }
  }

  private static AwsCredentialsProvider credentials(
      Optional<String> accessKey, Optional<String> secretKey) {
    if (accessKey.isEmpty() && secretKey.isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            accessKey.orElseThrow(() -> missing("access-key", "secret-key")),
            secretKey.orElseThrow(() -> missing("secret-key", "access-key"))));
  }

  private static IllegalArgumentException missing(String key, String other) {
    return new IllegalArgumentException(
        "%s%s is not set, but %s is; set both or neither".formatted(KEYS, key, other));
  }
}
