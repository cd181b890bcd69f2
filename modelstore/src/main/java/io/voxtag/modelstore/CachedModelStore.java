package io.voxtag.modelstore;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bundles in a remote place under {@code VERSION/SHA-256/}, with copies here. {@code model.json} is
 * written last, so that half a bundle is none.
 */
final class CachedModelStore implements ModelStore {

  private static final long MOST_SIGNATURE_BYTES = 10_000;

  private final Remote remote;
  private final Path cache;
  private final @Nullable Signatures signatures;

  CachedModelStore(Remote remote, Path cache, @Nullable Signatures signatures) {
    this.remote = remote;
    this.cache = cache.toAbsolutePath();
    this.signatures = signatures;
  }

  @Override
  public StoredBundle put(Path folder) throws IOException {
    BundleFolder bundle = BundleFolder.open(folder);
    String version = bundle.manifest().version();
    String sha256 = bundle.sha256();
    claim(version, sha256, folder);
    String place = place(version, sha256);
    for (String name : bundle.manifest().files().keySet()) {
      writeMissing(place + name, bundle.file(name));
    }
    if (BundleFolder.isSigned(folder)) {
      writeMissing(place + Manifest.SIGNATURE, bundle.file(Manifest.SIGNATURE));
    }
    writeMissing(place + Manifest.FILE, bundle.file(Manifest.FILE));
    return new StoredBundle(version, remote.base().resolve(place), sha256);
  }

  /** A version belongs to the first bundle that claims it: the note with its digest stays. */
  private void claim(String version, String sha256, Path folder) throws IOException {
    String name = version + "/bundle";
    Files.createDirectories(cache);
    Path note = Files.createTempFile(cache, "claim", ".tmp");
    try {
      Files.writeString(note, sha256);
      writeMissing(name, note);
      remote.read(name, note, sha256.length());
      String owner = Files.readString(note);
      if (!owner.equals(sha256)) {
        throw new BundleRefusedException(
            "version %s of %s is in the store already, as another bundle: its %s has SHA-256 %s"
                .formatted(version, folder, Manifest.FILE, owner));
      }
    } finally {
      Files.deleteIfExists(note);
    }
  }

  private void writeMissing(String name, Path content) throws IOException {
    if (!remote.exists(name)) {
      remote.write(name, content);
    }
  }

  @Override
  public Path fetch(URI uri, String sha256) throws IOException {
    String place = placeOf(uri, sha256);
    Path copy = cache.resolve(sha256);
    if (!isWhole(copy, sha256)) {
      // The disk may have damaged the copy, and the bundle itself be whole.
      delete(copy);
      download(place, sha256, copy);
    }
    if (signatures != null) {
      signatures.require(copy);
    }
    return copy;
  }

  private static boolean isWhole(Path copy, String sha256) throws IOException {
    if (!Files.exists(copy)) {
      return false;
    }
    try {
      BundleFolder.open(copy).require(sha256);
      return true;
    } catch (BundleRefusedException e) {
      return false;
    }
  }

  private void download(String place, String sha256, Path copy) throws IOException {
    Path draft = cache.resolve(".new-" + UUID.randomUUID());
    Files.createDirectories(draft);
    try {
      Path json = draft.resolve(Manifest.FILE);
      need(place, Manifest.FILE, remote.read(place + Manifest.FILE, json, Manifest.MOST_BYTES));
      byte[] bytes = Files.readAllBytes(json);
      if (!Digests.of(bytes).equals(sha256)) {
        throw new BundleRefusedException(
            "%s%s has SHA-256 %s; announced was %s"
                .formatted(place, Manifest.FILE, Digests.of(bytes), sha256));
      }
      Manifest manifest = Manifest.read(bytes, place);
      for (Map.Entry<String, Manifest.Listed> file : manifest.files().entrySet()) {
        String name = file.getKey();
        need(place, name, remote.read(place + name, draft.resolve(name), file.getValue().bytes()));
      }
      Path signature = draft.resolve(Manifest.SIGNATURE);
      if (remote.read(place + Manifest.SIGNATURE, signature, MOST_SIGNATURE_BYTES).isEmpty()) {
        Files.deleteIfExists(signature);
      }
      BundleFolder.open(draft).require(sha256);
      if (!Files.exists(copy)) {
        Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      delete(draft);
    }
  }

  private static void need(String place, String name, Optional<Long> size)
      throws BundleRefusedException {
    if (size.isEmpty()) {
      throw new BundleRefusedException(place + " in the model store has no " + name);
    }
  }

  private String placeOf(URI uri, String sha256) throws BundleRefusedException {
    String base = text(remote.base());
    String text = text(uri.normalize());
    String place = text.startsWith(base) ? text.substring(base.length()) : "";
    if (!place.matches("[A-Za-z0-9._-]{1,100}/[0-9a-f]{64}/?") || place.startsWith("..")) {
      throw new BundleRefusedException(
          "%s is no bundle of the model store %s".formatted(uri, base));
    }
    if (!Digests.isSha256(sha256)) {
      throw new BundleRefusedException("'%s' is no SHA-256 of 64 digits".formatted(sha256));
    }
    return place.endsWith("/") ? place : place + "/";
  }

  /** Written one way: a path of a file may have one slash before it or three. */
  private static String text(URI uri) {
    String authority = uri.getRawAuthority() == null ? "" : "//" + uri.getRawAuthority();
    return uri.getScheme() + ":" + authority + uri.getRawPath();
  }

  private static String place(String version, String sha256) {
    return version + "/" + sha256 + "/";
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public void close() {
    remote.close();
  }
}
