package io.voxtag.embedder;

import io.voxtag.modelstore.ModelStore;
import io.voxtag.modelstore.StoredBundle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bundles where they lie. */
final class FolderStore implements ModelStore {

  static String sha256(Path bundle) throws IOException {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(Files.readAllBytes(bundle.resolve("model.json")));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Path fetch(URI uri, String sha256) throws IOException {
    Path bundle = Path.of(uri);
    if (!sha256(bundle).equals(sha256)) {
      throw new IOException("not the bundle that was announced: " + uri);
    }
    return bundle;
  }

  @Override
  public StoredBundle put(Path bundle) {
    throw new UnsupportedOperationException("nothing is stored here");
  }

  @Override
  public void close() {}
}
