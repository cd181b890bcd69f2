package io.voxtag.modelstore;

import java.net.URI;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A storage that runs for tests. */
record S3Server(URI endpoint, String accessKey, String secretKey) {

  ModelStoreLocation.Bucket access() {
    return ModelStoreLocation.Bucket.at(endpoint, accessKey, secretKey);
  }

  /** A client that can do what the store under test never does. */
  S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  String newBucket(S3Client client) {
    String name = "models-" + UUID.randomUUID();
    client.createBucket(bucket -> bucket.bucket(name));
    return name;
  }
}
