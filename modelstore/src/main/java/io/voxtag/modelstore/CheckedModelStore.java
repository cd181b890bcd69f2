package io.voxtag.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks whatever goes into a storage or comes out of it. */
final class CheckedModelStore implements ModelStore {

  private static final Logger LOG = LoggerFactory.getLogger(CheckedModelStore.class);

  private final Storage storage;
  private final BundleCache cache;
  private final SignatureCheck signatures;
  // Two threads that want the same bundle shall not download it twice.
  private final Object fetching = new Object();

  CheckedModelStore(Storage storage, BundleCache cache, SignatureCheck signatures) {
    this.storage = storage;
    this.cache = cache;
    this.signatures = signatures;
  }

  @Override
  public StoredBundle put(Path bundle) throws IOException {
    LocalBundle local = LocalBundle.open(bundle);
    BundleManifest manifest = local.manifest();
    signatures.require(manifest, local.signature(), local.toString());
    storage.store(local);
    URI uri = storage.uri(manifest.key());
    LOG.info("Bundle stored version={} uri={}", manifest.key().version(), uri);
    return new StoredBundle(manifest.key().version(), uri, manifest.key().sha256());
  }

  @Override
  public Path fetch(URI uri, String sha256) throws IOException {
    BundleKey key = storage.key(uri, Sha256.parse(sha256));
    synchronized (fetching) {
      Optional<Path> copy = cache.find(key);
      return copy.isPresent() ? copy.get() : download(key);
    }
  }

  private Path download(BundleKey key) throws IOException {
    String source = storage.uri(key).toString();
    Storage.BundleSource files = storage.files(key);
    byte[] json = read(files, BundleManifest.NAME, BundleManifest.MAX_BYTES, source);
    if (json == null) {
      throw new BundleRefusedException("there is no bundle at " + source);
    }
    BundleManifest manifest = BundleManifest.parse(json, key, source + "/" + BundleManifest.NAME);
    byte @Nullable [] signature =
        read(files, BundleManifest.SIGNATURE, BundleManifest.MAX_SIGNATURE_BYTES, source);
    signatures.require(manifest, signature, source);
    try (IncomingFolder incoming = cache.begin()) {
      for (Map.Entry<String, ListedFile> file : manifest.files().entrySet()) {
        try (InputStream in = open(files, file.getKey(), source)) {
          incoming.write(file.getKey(), in, file.getValue(), source);
        }
      }
      if (signature != null) {
        incoming.write(BundleManifest.SIGNATURE, signature);
      }
      incoming.write(BundleManifest.NAME, json);
      Path copy = cache.install(key, incoming);
      LOG.info("Bundle fetched version={} uri={} copy={}", key.version(), source, copy);
      return copy;
    }
  }

  private static byte @Nullable [] read(
      Storage.BundleSource files, String name, int limit, String source) throws IOException {
    Optional<InputStream> file = files.open(name);
    if (file.isEmpty()) {
      return null;
    }
    try (InputStream in = file.get()) {
      return Bounded.read(in, limit, source + "/" + name);
    }
  }

  private static InputStream open(Storage.BundleSource files, String name, String source)
      throws IOException {
    return files
        .open(name)
        .orElseThrow(() -> new BundleRefusedException("%s has no %s".formatted(source, name)));
  }

  @Override
  public void close() {
    storage.close();
  }
}
