package io.voxtag.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a store in a bucket promises, whoever keeps the bucket. */
abstract class S3ModelStoreContract extends ModelStoreContract {

  private static final String PREFIX = "voxtag/models";

  private S3Client client;
  private String bucket;

  abstract S3Server server();

  @BeforeEach
  void makeBucket() {
    client = server().client();
    bucket = server().newBucket(client);
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Override
  URI storeUri() {
    return URI.create("s3://" + bucket + "/" + PREFIX);
  }

  @Override
  ModelStoreLocation location() {
    return super.location().withBucket(server().access());
  }

  @Override
  void damage(StoredBundle bundle, String file) {
    String key = key(bundle, file);
    byte[] content = client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
    content[content.length / 2] ^= 1;
    client.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(content));
  }

  @Override
  void remove(StoredBundle bundle, String file) {
    client.deleteObject(delete -> delete.bucket(bucket).key(key(bundle, file)));
  }

  private static String key(StoredBundle bundle, String file) {
    return bundle.uri().getPath().substring(1) + "/" + file;
  }

  private List<String> keys() {
    return client.listObjectsV2(list -> list.bucket(bucket)).contents().stream()
        .map(S3Object::key)
        .sorted()
        .toList();
  }

  @Test
  void objectsLieBelowThePrefix() throws Exception {
    try (ModelStore store = open()) {
      StoredBundle stored = store.put(bundle("v1", 1).folder());

      String version = PREFIX + "/v1/";
      assertThat(keys())
          .containsExactlyInAnyOrder(
              version + "bundle.sha256",
              version + stored.sha256() + "/cohort.safetensors",
              version + stored.sha256() + "/model.json",
              version + stored.sha256() + "/weights.safetensors");
      assertThat(
              client
                  .getObjectAsBytes(get -> get.bucket(bucket).key(version + "bundle.sha256"))
                  .asUtf8String())
          .isEqualTo(stored.sha256());
    }
  }

  @Test
  void aWholeBucketCanBeAStore() throws Exception {
    ModelStoreLocation whole =
        ModelStoreLocation.of(URI.create("s3://" + bucket), folder.resolve("cache"))
            .withBucket(server().access());
    try (ModelStore store = open(whole)) {
      TestBundle bundle = bundle("v1", 1);
      StoredBundle stored = store.put(bundle.folder());

      assertThat(stored.uri()).isEqualTo(URI.create("s3://" + bucket + "/v1/" + stored.sha256()));
      assertSameFiles(store.fetch(stored.uri(), stored.sha256()), bundle.folder());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights.safetensors", "cohort.safetensors", "model.json"})
  void anUploadThatStoppedIsNoBundleAndCanBeFinished(String missing) throws Exception {
    try (ModelStore store = open()) {
      // given
      TestBundle bundle = bundle("v1", 1);
      StoredBundle stored = store.put(bundle.folder());
      remove(stored, missing);
      remove(stored, "model.json");
      client.deleteObject(delete -> delete.bucket(bucket).key(PREFIX + "/v1/bundle.sha256"));

      // when, then
      assertThatThrownBy(() -> store.fetch(stored.uri(), stored.sha256()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("there is no bundle at " + stored.uri());

      // when
      assertThat(store.put(bundle.folder())).isEqualTo(stored);

      // then
      assertSameFiles(store.fetch(stored.uri(), stored.sha256()), bundle.folder());
    }
  }

  @Test
  void whatAnotherUploadLeftHalfDoesNotTakeTheVersion() throws Exception {
    try (ModelStore store = open()) {
      // given
      StoredBundle other = store.put(TestBundle.write(folder.resolve("other"), "v1", 2).folder());
      remove(other, "model.json");
      client.deleteObject(delete -> delete.bucket(bucket).key(PREFIX + "/v1/bundle.sha256"));

      // when
      TestBundle bundle = bundle("v1", 1);
      StoredBundle stored = store.put(bundle.folder());

      // then
      assertSameFiles(store.fetch(stored.uri(), stored.sha256()), bundle.folder());
    }
  }

  @Test
  void aUriOfAnotherDigestIsRefused() throws Exception {
    try (ModelStore store = open()) {
      StoredBundle stored = store.put(bundle("v1", 1).folder());
      StoredBundle other = store.put(TestBundle.write(folder.resolve("b2"), "v2", 2).folder());

      assertThatThrownBy(() -> store.fetch(stored.uri(), other.sha256()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("is not a bundle of SHA-256 " + other.sha256());
    }
  }

  @Test
  void aWrongSecretIsWorthAnotherTry() {
    ModelStoreLocation wrong =
        location()
            .withBucket(
                ModelStoreLocation.Bucket.at(
                    server().endpoint(), server().accessKey(), "a-wrong-secret"));
    failsForNow(wrong, "cannot read " + storeUri() + "/v1/");
  }

  @Test
  void aMissingBucketIsWorthAnotherTry() {
    URI missing = URI.create(storeUri().toString().replace(bucket, bucket + "-no"));
    failsForNow(
        ModelStoreLocation.of(missing, folder.resolve("cache")).withBucket(server().access()),
        "cannot read " + missing + "/v1/");
  }

  @Test
  void anUnreachableStorageIsWorthAnotherTry() {
    ModelStoreLocation nobody =
        location()
            .withBucket(
                ModelStoreLocation.Bucket.at(URI.create("http://localhost:1"), "key", "secret"));
    failsForNow(nobody, "cannot read " + storeUri() + "/v1/");
  }

  private void failsForNow(ModelStoreLocation location, String message) {
    try (ModelStore store = open(location)) {
      URI uri = URI.create(location.store().orElseThrow() + "/v1/" + "0".repeat(64));
      assertThatThrownBy(() -> store.fetch(uri, "0".repeat(64)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(BundleRefusedException.class)
          .hasMessageContaining(message);
      assertThatThrownBy(() -> store.put(bundle("v1", 1).folder()))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(BundleRefusedException.class)
          .hasMessageContaining(message);
    }
    assertThat(Files.exists(folder.resolve("cache"))).isFalse();
  }
}
