package io.voxtag.modelstore;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A bucket of S3 or of a storage that speaks like it. The files of a bundle lie at {@code
 * VERSION/SHA256/}, with {@code model.json} written last, so that what was interrupted is no bundle
 * and different bundles never mix. {@code VERSION/bundle.sha256} then says which one has the
 * version; it is only written where there is none.
 */
final class S3Storage implements Storage {

  private static final String CLAIM = "bundle.sha256";
  private static final int MAX_CLAIM_BYTES = 200;
  private static final int CLAIM_ATTEMPTS = 3;

  private final S3Location location;
  private final S3Objects objects;

  private S3Storage(S3Location location, S3Objects objects) {
    this.location = location;
    this.objects = objects;
  }

  /**
   * Makes a client; it connects when it is first used.
   *
   * @throws IllegalArgumentException if a setting is wrong; its message names the key
   */
  static S3Storage connect(S3Location location, ModelStoreSettings.S3 settings) {
    return new S3Storage(location, new S3Objects(S3Clients.create(settings), location));
  }

  @Override
  public URI uri(BundleKey key) {
    return location.uri(key.version() + "/" + key.sha256());
  }

  @Override
  public BundleKey key(URI uri, String sha256) throws BundleRefusedException {
    String text = uri.toString();
    String store = location.uri("").toString();
    String rest = text.startsWith(store) ? text.substring(store.length()) : "";
    int slash = Math.max(rest.indexOf('/'), 0);
    BundleKey key = new BundleKey(rest.substring(0, slash), sha256);
    // Nothing else is as canonical as what put gave.
    if (!BundleManifest.isPlainName(key.version()) || !uri.equals(uri(key))) {
      throw new BundleRefusedException(
          "%s is not a bundle of SHA-256 %s in the store %s".formatted(uri, sha256, store));
    }
    return key;
  }

  @Override
  public Storage.BundleSource files(BundleKey key) {
    return name -> objects.open(object(key, name));
  }

  @Override
  public void store(LocalBundle bundle) throws IOException {
    BundleManifest manifest = bundle.manifest();
    BundleKey key = manifest.key();
    requireMine(bundle, claim(key.version()));
    requireSameSignature(bundle);
    for (String file : manifest.files().keySet()) {
      objects.upload(object(key, file), RequestBody.fromFile(bundle.file(file)));
    }
    byte @Nullable [] signature = bundle.signature();
    if (signature != null) {
      objects.upload(object(key, BundleManifest.SIGNATURE), RequestBody.fromBytes(signature));
    }
    objects.upload(object(key, BundleManifest.NAME), RequestBody.fromBytes(manifest.json()));
    takeVersion(bundle);
  }

  private void requireSameSignature(LocalBundle bundle) throws IOException {
    byte @Nullable [] wanted = bundle.signature();
    BundleKey key = bundle.manifest().key();
    Optional<byte[]> there =
        objects.read(object(key, BundleManifest.SIGNATURE), BundleManifest.MAX_SIGNATURE_BYTES);
    if (wanted != null && there.isPresent() && !Arrays.equals(wanted, there.get())) {
      throw Conflicts.otherSignature(bundle, uri(key).toString());
    }
  }

  private void takeVersion(LocalBundle bundle) throws IOException {
    BundleKey key = bundle.manifest().key();
    byte[] digest = key.sha256().getBytes(StandardCharsets.US_ASCII);
    for (int attempt = 0; attempt < CLAIM_ATTEMPTS; attempt++) {
      Optional<String> claim = claim(key.version());
      requireMine(bundle, claim);
      if (claim.isPresent() || objects.create(claimObject(key.version()), digest)) {
        return;
      }
    }
    throw new IOException(
        "other processes are storing bundles of version '%s' in %s; try again"
            .formatted(key.version(), location.uri("")));
  }

  private void requireMine(LocalBundle bundle, Optional<String> claim)
      throws BundleRefusedException {
    BundleKey key = bundle.manifest().key();
    if (claim.isPresent() && !claim.get().equals(key.sha256())) {
      throw Conflicts.otherBundle(bundle, claim.get(), location.uri(key.version()).toString());
    }
  }

  private Optional<String> claim(String version) throws IOException {
    return objects
        .read(claimObject(version), MAX_CLAIM_BYTES)
        .map(content -> new String(content, StandardCharsets.US_ASCII).strip());
  }

  private static String claimObject(String version) {
    return version + "/" + CLAIM;
  }

  private static String object(BundleKey key, String name) {
    return key.version() + "/" + key.sha256() + "/" + name;
  }

  @Override
  public void close() {
    objects.close();
  }
}
