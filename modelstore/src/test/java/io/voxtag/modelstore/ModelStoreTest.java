package io.voxtag.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelStoreTest {

  enum Kind {
    FOLDER,
    BUCKET
  }

  @TempDir private Path dir;
  private FakeBucket bucket;

  @BeforeEach
  void startBucket() throws IOException {
    bucket = new FakeBucket();
  }

  @AfterEach
  void stopBucket() {
    bucket.close();
  }

  private ModelStore store(Kind kind, String cache) {
    return store(kind, cache, Optional.empty());
  }

  private ModelStore store(Kind kind, String cache, Optional<Path> signedBy) {
    URI uri = kind == Kind.FOLDER ? dir.resolve("store").toUri() : URI.create("s3://models/voxtag");
    return ModelStores.open(
            new ModelStoreLocation(
                Optional.of(uri),
                dir.resolve(cache),
                signedBy,
                new ModelStoreLocation.Bucket(
                    Optional.of(bucket.endpoint()),
                    "us-east-1",
                    Optional.of("key"),
                    Optional.of("secret"))))
        .orElseThrow();
  }

  private Path bundle(String version, String weights) throws IOException {
    return TestBundle.write(
        dir.resolve("bundle-" + version + weights.hashCode()), version, weights);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatIsStoredIsFetchedElsewhere(Kind kind) throws IOException {
    StoredBundle stored = store(kind, "a").put(bundle("one", "weights"));

    Path copy = store(kind, "b").fetch(stored.uri(), stored.sha256());

    assertThat(stored.version()).isEqualTo("one");
    assertThat(copy.resolve("weights.safetensors")).hasContent("weights");
    assertThat(copy).startsWith(dir.resolve("b"));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void storingTheSameAgainChangesNothing(Kind kind) throws IOException {
    ModelStore store = store(kind, "a");
    StoredBundle first = store.put(bundle("one", "weights"));

    assertThat(store.put(bundle("one", "weights"))).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aVersionBelongsToItsFirstBundle(Kind kind) throws IOException {
    ModelStore store = store(kind, "a");
    StoredBundle first = store.put(bundle("one", "weights"));

    assertThatThrownBy(() -> store.put(bundle("one", "others")))
        .isInstanceOf(BundleRefusedException.class)
        .hasMessageContaining("version one")
        .hasMessageContaining(first.sha256());
    assertThat(store.fetch(first.uri(), first.sha256()).resolve("weights.safetensors"))
        .hasContent("weights");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anotherDigestThanAnnouncedIsRefused(Kind kind) throws IOException {
    StoredBundle stored = store(kind, "a").put(bundle("one", "weights"));
    String wrong = "0".repeat(64);

    assertThatThrownBy(() -> store(kind, "b").fetch(stored.uri(), wrong))
        .isInstanceOf(BundleRefusedException.class)
        .hasMessageContaining("announced was " + wrong);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatIsNotThereIsRefused(Kind kind) throws IOException {
    StoredBundle stored = store(kind, "a").put(bundle("one", "weights"));
    URI other = URI.create(stored.uri().toString().replace("/one/", "/two/"));

    assertThatThrownBy(() -> store(kind, "b").fetch(other, stored.sha256()))
        .isInstanceOf(BundleRefusedException.class)
        .hasMessageContaining("has no model.json");
  }

  @Test
  void placesOutsideOfTheStoreAreRefused() {
    ModelStore store = store(Kind.FOLDER, "a");
    String base = dir.resolve("store").toUri().toString();
    String sha256 = "0".repeat(64);
    List<String> outside =
        List.of(
            "file:///etc/passwd",
            base + "/../other/" + sha256,
            base + "/../" + sha256 + "/",
            base + "/%2e%2e/" + sha256 + "/",
            "s3://models/one/" + sha256,
            "http://127.0.0.1/one/" + sha256);

    for (String uri : outside) {
      assertThatThrownBy(() -> store.fetch(URI.create(uri), sha256))
          .as(uri)
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining(uri.startsWith(base) ? "no" : "no bundle of the model store");
    }
  }

  @Test
  void aDamagedStoreIsNoticed() throws IOException {
    StoredBundle stored = store(Kind.FOLDER, "a").put(bundle("one", "weights"));
    Files.writeString(Path.of(stored.uri()).resolve("weights.safetensors"), "weightz");

    assertThatThrownBy(() -> store(Kind.FOLDER, "b").fetch(stored.uri(), stored.sha256()))
        .isInstanceOf(BundleRefusedException.class)
        .hasMessageContaining("weights.safetensors");
    Files.writeString(Path.of(stored.uri()).resolve("weights.safetensors"), "weights and more");
    assertThatThrownBy(() -> store(Kind.FOLDER, "b").fetch(stored.uri(), stored.sha256()))
        .isInstanceOf(BundleRefusedException.class)
        .hasMessageContaining("more than the 7 bytes");
    try (Stream<Path> left = Files.list(dir.resolve("b"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aDamagedCopyIsFetchedAnew() throws IOException {
    ModelStore store = store(Kind.FOLDER, "a");
    StoredBundle stored = store.put(bundle("one", "weights"));
    Path copy = store.fetch(stored.uri(), stored.sha256());
    Files.writeString(copy.resolve("weights.safetensors"), "weightz");

    assertThat(store.fetch(stored.uri(), stored.sha256()).resolve("weights.safetensors"))
        .hasContent("weights");
  }

  @Test
  void anIncompleteBundleIsNotStored() throws IOException {
    Path bundle = bundle("one", "weights");
    Files.delete(bundle.resolve("weights.safetensors"));

    assertThatThrownBy(() -> store(Kind.FOLDER, "a").put(bundle))
        .isInstanceOf(BundleRefusedException.class)
        .hasMessageContaining("weights.safetensors is missing");
    assertThat(dir.resolve("store")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void onlyTheRequiredKeysSignatureCounts(Kind kind) throws Exception {
    KeyPair right = TestBundle.keys();
    KeyPair wrong = TestBundle.keys();
    Optional<Path> required = Optional.of(TestBundle.publicKey(dir.resolve("key.pem"), right));
    StoredBundle unsigned = store(kind, "a").put(bundle("unsigned", "weights"));
    Path foreign = bundle("foreign", "weights");
    TestBundle.sign(foreign, wrong.getPrivate());
    StoredBundle signedByOther = store(kind, "a").put(foreign);
    Path own = bundle("own", "weights");
    TestBundle.sign(own, right.getPrivate());
    StoredBundle signed = store(kind, "a").put(own);

    ModelStore strict = store(kind, "b", required);
    assertThat(strict.fetch(signed.uri(), signed.sha256())).isDirectory();
    assertThatThrownBy(() -> strict.fetch(unsigned.uri(), unsigned.sha256()))
        .isInstanceOf(BundleRefusedException.class)
        .hasMessageContaining("is not signed");
    assertThatThrownBy(() -> strict.fetch(signedByOther.uri(), signedByOther.sha256()))
        .isInstanceOf(BundleRefusedException.class)
        .hasMessageContaining("not the required key's signature");
  }

  @Test
  void namesThatLeaveTheFolderAreRefused() throws IOException {
    Path bundle = bundle("one", "weights");
    String json = Files.readString(bundle.resolve("model.json"));
    Files.writeString(
        bundle.resolve("model.json"), json.replace("weights.safetensors", "../weights"));

    assertThatThrownBy(() -> store(Kind.FOLDER, "a").put(bundle))
        .isInstanceOf(BundleRefusedException.class)
        .hasMessageContaining("'../weights'");
  }

  @Test
  void aBucketThatFailsIsNoVerdict() throws IOException {
    StoredBundle stored = store(Kind.BUCKET, "a").put(bundle("one", "weights"));
    bucket.failing = true;

    assertThatThrownBy(() -> store(Kind.BUCKET, "b").fetch(stored.uri(), stored.sha256()))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(BundleRefusedException.class)
        .hasMessageContaining("s3://models/voxtag/");
  }

  @Test
  void halfAnUploadIsNoBundle() throws IOException {
    StoredBundle stored = store(Kind.BUCKET, "a").put(bundle("one", "weights"));
    bucket.objects().keySet().removeIf(key -> key.endsWith("model.json"));

    assertThatThrownBy(() -> store(Kind.BUCKET, "b").fetch(stored.uri(), stored.sha256()))
        .isInstanceOf(BundleRefusedException.class);
    assertThat(store(Kind.BUCKET, "a").put(bundle("one", "weights"))).isEqualTo(stored);
    assertThat(store(Kind.BUCKET, "b").fetch(stored.uri(), stored.sha256())).isDirectory();
  }

  @Test
  void manyStoreTheSameVersionAtOnceAndOneWins() throws Exception {
    int writers = 8;
    List<Path> bundles = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      bundles.add(bundle("one", "weights " + i));
    }
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Callable<StoredBundle>> tasks = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        Path bundle = bundles.get(i);
        ModelStore store = store(Kind.FOLDER, "cache-" + i);
        tasks.add(() -> store.put(bundle));
      }
      List<StoredBundle> stored = new ArrayList<>();
      for (Future<StoredBundle> future : threads.invokeAll(tasks)) {
        try {
          stored.add(future.get());
        } catch (java.util.concurrent.ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(BundleRefusedException.class);
        }
      }
      assertThat(stored).hasSize(1);
      assertThat(store(Kind.FOLDER, "b").fetch(stored.get(0).uri(), stored.get(0).sha256()))
          .isDirectory();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aStoreOfAnotherKindIsNamed() {
    assertThatThrownBy(
            () ->
                ModelStores.open(
                    new ModelStoreLocation(
                        Optional.of(URI.create("ftp://models")),
                        dir,
                        Optional.empty(),
                        ModelStoreLocation.in(dir, dir).s3())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("voxtag.models.store")
        .hasMessageContaining("ftp://models");
  }
}
