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
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store of any kind promises. */
abstract class ModelStoreContract {

  private static final int WRITERS = 6;
  private static final String NO_DIGEST = "0".repeat(64);

  @TempDir Path folder;

  /** The same empty store at every call of one test. */
  abstract URI storeUri();

  /** Settings of that store. */
  ModelStoreLocation location() {
    return ModelStoreLocation.of(storeUri(), folder.resolve("cache"));
  }

  /** Changes a byte of a file in the store. */
  abstract void damage(StoredBundle bundle, String file) throws IOException;

  /** Takes a file out of the store. */
  abstract void remove(StoredBundle bundle, String file) throws IOException;

  @Test
  void whatWasPutIsFetchedByteForByte() throws Exception {
    // given
    TestBundle bundle = bundle("v1", 1);

    try (ModelStore store = open()) {
      // when
      StoredBundle stored = store.put(bundle.folder());
      Path copy = store.fetch(stored.uri(), stored.sha256());

      // then
      assertThat(stored.version()).isEqualTo("v1");
      assertThat(stored.uri().toString()).startsWith(storeUri().toString());
      assertThat(stored.sha256())
          .isEqualTo(Sha256.of(Files.readAllBytes(bundle.file("model.json"))));
      assertSameFiles(copy, bundle.folder());
      assertThat(copy).isEqualTo(folder.resolve("cache").resolve(stored.sha256()));
    }
  }

  @Test
  void theSignatureTravelsAlong() throws Exception {
    // given
    KeyPair keys = TestBundle.keys();
    TestBundle bundle = bundle("v1", 1).sign(keys);
    ModelStoreLocation demanding =
        location().withSignedBy(TestBundle.pem(folder.resolve("key.pem"), keys));

    try (ModelStore store = open(demanding)) {
      // when
      StoredBundle stored = store.put(bundle.folder());
      Path copy = store.fetch(stored.uri(), stored.sha256());

      // then
      assertThat(copy.resolve("model.json.sig"))
          .hasSameBinaryContentAs(bundle.file("model.json.sig"));
    }
  }

  @Test
  void theSameBundleAgainChangesNothing() throws Exception {
    try (ModelStore store = open()) {
      StoredBundle first = store.put(bundle("v1", 1).folder());

      assertThat(store.put(TestBundle.write(folder.resolve("again"), "v1", 1).folder()))
          .isEqualTo(first);
    }
  }

  @Test
  void anotherBundleOfTheSameVersionIsRefusedAndTheFirstStays() throws Exception {
    try (ModelStore store = open()) {
      // given
      TestBundle bundle = bundle("v1", 1);
      StoredBundle first = store.put(bundle.folder());
      TestBundle other = TestBundle.write(folder.resolve("other"), "v1", 2);

      // when, then
      assertThatThrownBy(() -> store.put(other.folder()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("version 'v1'")
          .hasMessageContaining(first.sha256())
          .hasMessageContaining("give it a new version");
      assertSameFiles(store.fetch(first.uri(), first.sha256()), bundle.folder());
    }
  }

  @Test
  void ofManyBundlesOfOneVersionAtTheSameTimeOneIsStored() throws Exception {
    // given
    List<TestBundle> bundles = new ArrayList<>();
    for (int seed = 0; seed < WRITERS; seed++) {
      bundles.add(TestBundle.write(folder.resolve("bundle-" + seed), "v1", seed));
    }

    try (ModelStore store = open()) {
      // when
      List<StoredBundle> stored = new ArrayList<>();
      List<TestBundle> winners = new ArrayList<>();
      List<Future<StoredBundle>> results =
          atOnce(bundles.stream().map(bundle -> put(store, bundle)).toList());
      for (int i = 0; i < WRITERS; i++) {
        try {
          stored.add(results.get(i).get());
          winners.add(bundles.get(i));
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(BundleRefusedException.class);
        }
      }

      // then
      assertThat(stored).hasSize(1);
      Path copy = store.fetch(stored.get(0).uri(), stored.get(0).sha256());
      assertSameFiles(copy, winners.get(0).folder());
    }
  }

  @Test
  void manyMayPutAndFetchTheSameBundleAtTheSameTime() throws Exception {
    TestBundle bundle = bundle("v1", 1);
    try (ModelStore store = open();
        ModelStore neighbour = open()) {
      // when
      List<Callable<StoredBundle>> puts = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        puts.add(put(i % 2 == 0 ? store : neighbour, bundle));
      }
      StoredBundle stored = atOnce(puts).get(0).get();
      for (Future<StoredBundle> other : atOnce(puts)) {
        assertThat(other.get()).isEqualTo(stored);
      }
      List<Callable<Path>> fetches = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        ModelStore one = i % 2 == 0 ? store : neighbour;
        fetches.add(() -> one.fetch(stored.uri(), stored.sha256()));
      }

      // then
      for (Future<Path> copy : atOnce(fetches)) {
        assertSameFiles(copy.get(), bundle.folder());
      }
      assertThat(list(folder.resolve("cache"))).containsExactly(stored.sha256());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights.safetensors", "model.json"})
  void aChangedFileIsNotFetched(String file) throws Exception {
    try (ModelStore store = open()) {
      // given
      StoredBundle stored = store.put(bundle("v1", 1).folder());
      damage(stored, file);

      // when, then
      assertThatThrownBy(() -> store.fetch(stored.uri(), stored.sha256()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining(file)
          .hasMessageContaining("SHA-256");
      assertThat(list(folder.resolve("cache"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights.safetensors", "model.json"})
  void aMissingFileIsNamed(String file) throws Exception {
    try (ModelStore store = open()) {
      StoredBundle stored = store.put(bundle("v1", 1).folder());
      remove(stored, file);

      assertThatThrownBy(() -> store.fetch(stored.uri(), stored.sha256()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining(file.equals("model.json") ? "there is no bundle at" : file);
      assertThat(list(folder.resolve("cache"))).isEmpty();
    }
  }

  @Test
  void aCopyServesWithoutTheStore() throws Exception {
    try (ModelStore store = open()) {
      StoredBundle stored = store.put(bundle("v1", 1).folder());
      Path copy = store.fetch(stored.uri(), stored.sha256());
      remove(stored, "model.json");

      assertThat(store.fetch(stored.uri(), stored.sha256())).isEqualTo(copy);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"changed", "cut off", "missing", "added to"})
  void aDamagedCopyIsReplaced(String damage) throws Exception {
    try (ModelStore store = open()) {
      // given
      TestBundle bundle = bundle("v1", 1);
      StoredBundle stored = store.put(bundle.folder());
      Path weights = store.fetch(stored.uri(), stored.sha256()).resolve("weights.safetensors");
      switch (damage) {
        case "changed" -> flip(weights);
        case "cut off" -> Files.write(weights, new byte[10]);
        case "missing" -> Files.delete(weights);
        default -> Files.createFile(weights.resolveSibling("run-me.py"));
      }

      // when
      Path copy = store.fetch(stored.uri(), stored.sha256());

      // then
      assertSameFiles(copy, bundle.folder());
      assertThat(list(folder.resolve("cache"))).containsExactly(stored.sha256());
    }
  }

  @Test
  void aWrongDigestIsRefused() throws Exception {
    try (ModelStore store = open()) {
      StoredBundle stored = store.put(bundle("v1", 1).folder());

      assertThatThrownBy(() -> store.fetch(stored.uri(), NO_DIGEST))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining(NO_DIGEST);
      assertThatThrownBy(() -> store.fetch(stored.uri(), "../../etc"))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("64 hexadecimal digits");
    }
  }

  @Test
  void aBundleThatNobodySignedIsRefusedWhereAKeyIsDemanded() throws Exception {
    // given
    StoredBundle stored;
    try (ModelStore store = open()) {
      stored = store.put(bundle("v1", 1).folder());
      store.fetch(stored.uri(), stored.sha256());
    }
    KeyPair keys = TestBundle.keys();
    ModelStoreLocation demanding =
        location().withSignedBy(TestBundle.pem(folder.resolve("key.pem"), keys));

    try (ModelStore store = open(demanding)) {
      // when, then
      assertThatThrownBy(() -> store.fetch(stored.uri(), stored.sha256()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("is not signed");
      assertThatThrownBy(() -> store.put(folder.resolve("bundle")))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("voxtag.models.signed-by");

      // when
      store.put(new TestBundle(folder.resolve("bundle")).sign(keys).folder());

      // then
      assertThat(store.fetch(stored.uri(), stored.sha256()).resolve("model.json.sig")).exists();
    }
  }

  @Test
  void aSignatureOfAnotherKeyIsRefused() throws Exception {
    // given
    StoredBundle stored;
    try (ModelStore store = open()) {
      stored = store.put(bundle("v1", 1).sign(TestBundle.keys()).folder());
    }
    KeyPair keys = TestBundle.keys();
    ModelStoreLocation demanding =
        location().withSignedBy(TestBundle.pem(folder.resolve("key.pem"), keys));

    try (ModelStore store = open(demanding)) {
      // when, then
      assertThatThrownBy(() -> store.fetch(stored.uri(), stored.sha256()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("not a signature of model.json by the key");
      TestBundle signed = new TestBundle(folder.resolve("bundle")).sign(keys);
      assertThatThrownBy(() -> store.put(signed.folder()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("with another signature");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..",
        "/../v1",
        "/v1/../..",
        "/%2e%2e/v1",
        "/v1%2F..%2F..%2Fv1",
        "",
        "/",
        "/.hidden"
      })
  void nothingOutsideTheStoreIsFetched(String path) throws Exception {
    try (ModelStore store = open()) {
      StoredBundle stored = store.put(bundle("v1", 1).folder());
      URI outside = URI.create(storeUri() + path);

      assertThatThrownBy(() -> store.fetch(outside, stored.sha256()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("is not a bundle")
          .hasMessageContaining("in the store");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/v1", "s3://other-bucket/v1", "http://localhost/v1", "v1", "file:v1"})
  void otherPlacesAreRefused(URI other) throws Exception {
    try (ModelStore store = open()) {
      assertThatThrownBy(() -> store.fetch(other, NO_DIGEST))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining(other + " is not a bundle");
    }
  }

  final TestBundle bundle(String version, int seed) throws IOException {
    return TestBundle.write(folder.resolve("bundle"), version, seed);
  }

  final ModelStore open() {
    return open(location());
  }

  static ModelStore open(ModelStoreSettings settings) {
    return ModelStores.open(settings).orElseThrow();
  }

  static void flip(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }

  static List<String> list(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  static void assertSameFiles(Path actual, Path expected) throws IOException {
    assertThat(list(actual)).isEqualTo(list(expected));
    for (String name : list(expected)) {
      assertThat(actual.resolve(name)).hasSameBinaryContentAs(expected.resolve(name));
    }
  }

  private static Callable<StoredBundle> put(ModelStore store, TestBundle bundle) {
    return () -> store.put(bundle.folder());
  }

  private static <T> List<Future<T>> atOnce(List<Callable<T>> calls) throws Exception {
    CyclicBarrier together = new CyclicBarrier(calls.size());
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      List<Callable<T>> aligned = new ArrayList<>();
      for (Callable<T> call : calls) {
        aligned.add(
            () -> {
              together.await();
              return call.call();
            });
      }
      return threads.invokeAll(aligned, 60, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
  }
}
