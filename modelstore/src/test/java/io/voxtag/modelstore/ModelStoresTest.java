package io.voxtag.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoresTest {

  @TempDir private Path folder;

  @Test
  void withoutAStoreThereIsNone() {
    ModelStoreSettings settings = configured(Map.of());

    assertThat(ModelStores.open(settings)).isEmpty();
    assertThat(settings.cache()).isEqualTo(Path.of("data", "model-cache"));
    assertThat(settings.s3().region()).isEqualTo("us-east-1");
  }

  @Test
  void aFolderIsOpenedByConfiguration() throws IOException {
    // given
    ModelStoreSettings settings =
        configured(
            Map.of(
                "voxtag.models.store", folder.resolve("store").toUri().toString(),
                "voxtag.models.cache", folder.resolve("cache").toString()));
    TestBundle bundle = TestBundle.write(folder.resolve("bundle"), "v1", 1);

    // when
    try (ModelStore store = ModelStores.open(settings).orElseThrow()) {
      StoredBundle stored = store.put(bundle.folder());

      // then
      assertThat(stored.uri()).isEqualTo(URI.create(folder.toUri() + "store/v1"));
      assertThat(store.fetch(stored.uri(), stored.sha256())).startsWith(folder.resolve("cache"));
    }
  }

  @Test
  void aConfiguredBundleMustBeSignedWhereThatIsDemanded() throws Exception {
    // given
    KeyPair keys = TestBundle.keys();
    TestBundle bundle = TestBundle.write(folder.resolve("bundle"), "v1", 1);
    ModelStoreSettings demanding =
        configured(
            Map.of(
                "voxtag.models.signed-by",
                TestBundle.pem(folder.resolve("key.pem"), keys).toString()));

    // when, then
    ModelStores.requireSigned(configured(Map.of()), bundle.folder());
    assertThatThrownBy(() -> ModelStores.requireSigned(demanding, bundle.folder()))
        .isInstanceOf(BundleRefusedException.class)
        .hasMessageContaining("voxtag.models.signed-by");
    bundle.sign(TestBundle.keys());
    assertThatThrownBy(() -> ModelStores.requireSigned(demanding, bundle.folder()))
        .isInstanceOf(BundleRefusedException.class);
    bundle.sign(keys);
    ModelStores.requireSigned(demanding, bundle.folder());
  }

  @Test
  void aBucketIsOpenedWithoutConnecting() {
    ModelStoreSettings settings =
        configured(
            Map.of(
                "voxtag.models.store", "s3://models/voxtag",
                "voxtag.models.s3.endpoint", "http://localhost:1",
                "voxtag.models.s3.access-key", "key",
                "voxtag.models.s3.secret-key", "secret"));

    try (ModelStore store = ModelStores.open(settings).orElseThrow()) {
      assertThat(store).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models",
        "/var/models",
        "ftp://host/models",
        "file:models",
        "file://host/models",
        "s3:///prefix",
        "s3:bucket",
        "s3://UPPER/prefix",
        "s3://bucket/../other",
        "s3://bucket/a//b",
        "s3://user@bucket/a",
        "s3://bucket/a?versionId=1"
      })
  void aWrongStoreIsNamedWithItsKey(String store) {
    assertThatThrownBy(() -> ModelStores.open(ModelStoreLocation.of(URI.create(store), folder)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("voxtag.models.store is '" + store + "'; it must");
  }

  @Test
  void aFileWhereAFolderShouldBeIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> ModelStores.open(ModelStoreLocation.folder(file, folder)))
        .hasMessageContaining("voxtag.models.store is '");
    assertThatThrownBy(() -> ModelStores.open(ModelStoreLocation.folder(folder, file)))
        .hasMessageContaining("voxtag.models.cache is '" + file + "', which is a file");
  }

  @ParameterizedTest
  @CsvSource({
    "nothing, has no -----BEGIN PUBLIC KEY-----",
    "'-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', not an Ed25519 public key"
  })
  void aWrongKeyIsNamed(String content, String message) throws IOException {
    Path pem = Files.writeString(folder.resolve("key.pem"), content);
    ModelStoreSettings settings = ModelStoreLocation.folder(folder, folder).withSignedBy(pem);

    assertThatThrownBy(() -> ModelStores.open(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("voxtag.models.signed-by is '" + pem + "'")
        .hasMessageContaining(message);
  }

  @Test
  void aMissingKeyIsNamed() {
    Path pem = folder.resolve("missing.pem");
    ModelStoreSettings settings = ModelStoreLocation.folder(folder, folder).withSignedBy(pem);

    assertThatThrownBy(() -> ModelStores.open(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("voxtag.models.signed-by is '" + pem + "', which cannot be read");
  }

  @ParameterizedTest
  @CsvSource({
    "minio:9000, us-east-1, key, secret, voxtag.models.s3.endpoint is 'minio:9000'",
    "ftp://minio, us-east-1, key, secret, voxtag.models.s3.endpoint is 'ftp://minio'",
    "http://minio:9000, '', key, secret, voxtag.models.s3.region is empty",
    "http://minio:9000, us-east-1, key,, voxtag.models.s3.secret-key is not set",
    "http://minio:9000, us-east-1,, secret, voxtag.models.s3.access-key is not set"
  })
  void aWrongBucketSettingIsNamed(
      URI endpoint,
      String region,
      @Nullable String accessKey,
      @Nullable String secretKey,
      String message) {
    ModelStoreSettings settings =
        ModelStoreLocation.of(URI.create("s3://models"), folder)
            .withBucket(
                new ModelStoreLocation.Bucket(
                    Optional.of(endpoint),
                    region,
                    Optional.ofNullable(accessKey),
                    Optional.ofNullable(secretKey)));

    assertThatThrownBy(() -> ModelStores.open(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theSecretIsNotPrinted() {
    assertThat(
            ModelStoreLocation.Bucket.at(URI.create("http://minio:9000"), "key", "hush").toString())
        .contains("minio", "key")
        .doesNotContain("hush");
  }

  private static ModelStoreSettings configured(Map<String, String> properties) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(ModelStoreSettings.class)
            .withSources(new PropertiesConfigSource(properties, "test", 100))
            .build();
    return config.getConfigMapping(ModelStoreSettings.class);
  }
}
