package io.voxtag.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FolderModelStoreTest extends ModelStoreContract {

  @Override
  URI storeUri() {
    String uri = folder.resolve("store").toUri().toString();
    return URI.create(uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri);
  }

  @Override
  void damage(StoredBundle bundle, String file) throws IOException {
    flip(stored(bundle, file));
  }

  @Override
  void remove(StoredBundle bundle, String file) throws IOException {
    Files.delete(stored(bundle, file));
  }

  private static Path stored(StoredBundle bundle, String file) {
    return Path.of(bundle.uri()).resolve(file);
  }

  @Test
  void aStoredVersionIsAFolderThatIsABundle() throws Exception {
    TestBundle bundle = bundle("v1", 1);
    try (ModelStore store = open()) {
      store.put(bundle.folder());
    }
    assertThat(list(folder.resolve("store"))).containsExactly("v1");
    assertSameFiles(folder.resolve("store").resolve("v1"), bundle.folder());
  }

  @Test
  void aFileThatWasCutOffIsNotFetched() throws Exception {
    try (ModelStore store = open()) {
      StoredBundle stored = store.put(bundle("v1", 1).folder());
      Files.write(stored(stored, "weights.safetensors"), new byte[99_999]);

      assertThatThrownBy(() -> store.fetch(stored.uri(), stored.sha256()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("weights.safetensors has 99999 bytes")
          .hasMessageContaining("lists 100000");
    }
  }

  @Test
  void aFileThatGrewIsNotReadToItsEnd() throws Exception {
    try (ModelStore store = open()) {
      StoredBundle stored = store.put(bundle("v1", 1).folder());
      Files.write(stored(stored, "weights.safetensors"), new byte[500_000]);

      assertThatThrownBy(() -> store.fetch(stored.uri(), stored.sha256()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("is longer than the 100000 bytes that model.json lists");
    }
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    try (ModelStore store = open()) {
      StoredBundle stored = store.put(bundle("v1", 1).folder());
      Path weights = stored(stored, "weights.safetensors");
      Path outside = Files.move(weights, folder.resolve("outside"));
      Files.createSymbolicLink(weights, outside);

      assertThatThrownBy(() -> store.fetch(stored.uri(), stored.sha256()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("not a plain file");
    }
  }

  @Test
  void aDamagedBundleInTheStoreIsNotAnnouncedAgain() throws Exception {
    try (ModelStore store = open()) {
      TestBundle bundle = bundle("v1", 1);
      StoredBundle stored = store.put(bundle.folder());
      damage(stored, "weights.safetensors");

      assertThatThrownBy(() -> store.put(bundle.folder()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining(stored(stored, "weights.safetensors").toString());
    }
  }

  @Test
  void whatAKilledProcessLeftIsNoBundleAndGoesAfterADay() throws Exception {
    // given
    Path store = Files.createDirectories(folder.resolve("store"));
    Path cache = Files.createDirectories(folder.resolve("cache"));
    for (Path place : new Path[] {store, cache}) {
      leftover(place.resolve(".incoming-old"), Duration.ofHours(25));
      leftover(place.resolve(".incoming-new"), Duration.ofHours(1));
    }

    try (ModelStore models = open()) {
      // when
      assertThatThrownBy(
              () -> models.fetch(URI.create(storeUri() + "/.incoming-new"), "0".repeat(64)))
          .hasMessageContaining("is not a bundle");
      StoredBundle stored = models.put(bundle("v1", 1).folder());
      models.fetch(stored.uri(), stored.sha256());

      // then
      assertThat(list(store)).containsExactly(".incoming-new", "v1");
      assertThat(list(cache)).containsExactly(".incoming-new", stored.sha256());
    }
  }

  private static void leftover(Path place, Duration age) throws IOException {
    TestBundle.write(place, "v1", 9);
    Files.setLastModifiedTime(place, FileTime.from(Instant.now().minus(age)));
  }

  @Test
  void aFolderInTheWayThatIsNoBundleIsNamed() throws Exception {
    Files.createDirectories(folder.resolve("store").resolve("v1"));
    TestBundle bundle = bundle("v1", 1);
    try (ModelStore store = open()) {
      assertThatThrownBy(() -> store.put(bundle.folder()))
          .isInstanceOf(BundleRefusedException.class)
          .hasMessageContaining(folder.resolve("store").resolve("v1") + " has no model.json");
    }
  }

  @Test
  void aStoreThatIsNotMountedIsWorthAnotherTry() throws Exception {
    try (ModelStore store = open()) {
      assertThatThrownBy(() -> store.fetch(URI.create(storeUri() + "/v1"), "0".repeat(64)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(BundleRefusedException.class)
          .hasMessageContaining(folder.resolve("store") + ", is not there");
    }
  }

  @Test
  void aFullDiskIsNamedAndNothingHalfIsLeft() throws Exception {
    TestBundle bundle = bundle("v1", 1);
    try (FileSystem small = smallDisk();
        ModelStore store = open(small, small.getPath("/work", "store"), folder.resolve("cache"))) {
      assertThatThrownBy(() -> store.put(bundle.folder()))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("cannot write to the folder /work/store");
      assertThat(list(small.getPath("/work", "store"))).isEmpty();
    }
  }

  @Test
  void aFullDiskUnderTheCopiesIsNamedToo() throws Exception {
    TestBundle bundle = bundle("v1", 1);
    try (FileSystem small = smallDisk();
        ModelStore store = open(small, folder.resolve("store"), small.getPath("/work", "cache"))) {
      StoredBundle stored = store.put(bundle.folder());

      assertThatThrownBy(() -> store.fetch(stored.uri(), stored.sha256()))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("cannot write to the folder /work/cache");
      assertThat(list(small.getPath("/work", "cache"))).isEmpty();
    }
  }

  private static FileSystem smallDisk() {
    return Jimfs.newFileSystem(
        Configuration.unix().toBuilder().setMaxSize(65_536).setBlockSize(4096).build());
  }

  private static ModelStore open(FileSystem disk, Path store, Path cache) {
    assertThat(disk.isOpen()).isTrue();
    return new CheckedModelStore(
        new FolderStorage(store), new BundleCache(cache, SignatureCheck.NONE), SignatureCheck.NONE);
  }
}
