package io.voxtag.matcher;

import io.voxtag.modelstore.ModelStore;
import io.voxtag.modelstore.ModelStoreLocation;
import io.voxtag.modelstore.ModelStores;
import io.voxtag.modelstore.StoredBundle;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A store in a folder that a test can make slow. */
final class GatedStore implements ModelStore {

  private static final int SECONDS = 60;

  private final ModelStore store;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CountDownLatch asked = new CountDownLatch(0);

  GatedStore(Path folder) {
    this.store =
        ModelStores.open(
                ModelStoreLocation.folder(folder.resolve("store"), folder.resolve("cache")))
            .orElseThrow();
  }

  /** From now on whoever fetches waits. */
  void shut() {
    asked = new CountDownLatch(1);
    gate = new CountDownLatch(1);
  }

  void awaitAsked() {
    try {
      if (!asked.await(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("Nobody fetched a bundle");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a fetch", e);
    }
  }

  void open() {
    gate.countDown();
  }

  @Override
  public StoredBundle put(Path bundle) throws IOException {
    return store.put(bundle);
  }

  @Override
  public Path fetch(URI uri, String sha256) throws IOException {
    asked.countDown();
    try {
      if (!gate.await(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("The gate stayed shut");
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("Interrupted at the gate");
    }
    return store.fetch(uri, sha256);
  }

  @Override
  public void close() {
    store.close();
  }
}
