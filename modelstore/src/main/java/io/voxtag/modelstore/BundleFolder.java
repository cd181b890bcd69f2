package io.voxtag.modelstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A bundle as a folder on a disk: reading and checking. */
final class BundleFolder {

  private final Path folder;
  private final byte[] json;
  private final Manifest manifest;

  private BundleFolder(Path folder, byte[] json, Manifest manifest) {
    this.folder = folder;
    this.json = json;
    this.manifest = manifest;
  }

  /**
   * Opens a folder and checks every file of it.
   *
   * @throws BundleRefusedException if a file is missing or not what the manifest lists
   */
  static BundleFolder open(Path folder) throws IOException {
    Path file = folder.resolve(Manifest.FILE);
    if (!Files.isRegularFile(file)) {
      throw new BundleRefusedException(folder + " has no " + Manifest.FILE);
    }
    if (Files.size(file) > Manifest.MOST_BYTES) {
      throw new BundleRefusedException(
          "%s has %d bytes, at most %d are taken"
              .formatted(file, Files.size(file), Manifest.MOST_BYTES));
    }
    byte[] json = Files.readAllBytes(file);
    Manifest manifest = Manifest.read(json, folder.toString());
    for (Map.Entry<String, Manifest.Listed> listed : manifest.files().entrySet()) {
      requireListed(folder.resolve(listed.getKey()), listed.getValue());
    }
    return new BundleFolder(folder, json, manifest);
  }

  private static void requireListed(Path file, Manifest.Listed listed) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new BundleRefusedException(file + " is missing, though " + Manifest.FILE + " lists it");
    }
    String sha256 = Files.size(file) == listed.bytes() ? Digests.of(file) : "";
    if (!sha256.equals(listed.sha256())) {
      throw new BundleRefusedException(
          "%s has %d bytes and not the SHA-256 %s of %d bytes that %s lists"
              .formatted(file, Files.size(file), listed.sha256(), listed.bytes(), Manifest.FILE));
    }
  }

  Manifest manifest() {
    return manifest;
  }

  String sha256() {
    return Digests.of(json);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Whether a bundle's folder has a signature; a file that is too large is none. */
  static boolean isSigned(Path folder) throws IOException {
    Path file = folder.resolve(Manifest.SIGNATURE);
    return Files.isRegularFile(file) && Files.size(file) < Manifest.MOST_BYTES;
  }

  /**
   * Checks what was announced of it.
   *
   * @param sha256 of the manifest
   * @throws BundleRefusedException if it is another bundle
   */
  void require(String sha256) throws BundleRefusedException {
    if (!sha256().equals(sha256)) {
      throw new BundleRefusedException(
          "%s has a %s of SHA-256 %s; announced was %s"
              .formatted(folder, Manifest.FILE, sha256(), sha256));
    }
  }
}
