package io.voxtag.voiceprint.bundle;

import io.voxtag.voiceprint.bundle.BundleException.Reason;
import io.voxtag.voiceprint.bundle.ModelManifest.FileEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A model that was opened and found whole: its manifest is valid, every file has the listed digest,
 * nothing else is there, and all weights are finite numbers. Holds its files in memory; immutable,
 * safe to share between threads.
 */
public final class ModelBundle {
  private final String source;
  private final ModelManifest manifest;
  private final Map<String, byte[]> files;
  private final Safetensors weights;
  private final List<float[]> cohort;

  private ModelBundle(
      String source,
      ModelManifest manifest,
      Map<String, byte[]> files,
      Safetensors weights,
      List<float[]> cohort) {
    this.source = source;
    this.manifest = manifest;
    this.files = files;
    this.weights = weights;
    this.cohort = cohort;
  }

  /**
   * Opens a bundle under {@link BundlePolicy#DEFAULT}.
   *
   * @param bundle folder or zip
   * @throws BundleException if it is refused
   * @throws IOException if it cannot be read
   */
  public static ModelBundle open(Path bundle) throws IOException {
    return open(bundle, BundlePolicy.DEFAULT);
  }

  /**
   * Opens a bundle.
   *
   * @param bundle folder or zip
   * @throws BundleException if it is refused
   * @throws IOException if it cannot be read
   */
  public static ModelBundle open(Path bundle, BundlePolicy policy) throws IOException {
    String source = bundle.toString();
    Map<String, byte[]> files = BundleFiles.read(bundle, policy.maxBytes());
    byte[] json = file(files, source, BundleFiles.MANIFEST);
    if (policy.requiredSigner().isPresent()) {
      requireSigned(files, source, json, policy.requiredSigner().get());
    }
    ModelManifest manifest = ManifestJson.read(json, source + "/" + BundleFiles.MANIFEST);
    requireListed(files, source, manifest);
    Safetensors weights = weights(files, source);
    return new ModelBundle(source, manifest, files, weights, cohort(files, source, manifest));
  }

  /**
   * Writes a bundle as a folder, whole or not at all. A folder that already holds the same model
   * stays as it is.
   *
   * @param directory that does not exist or is empty
   * @param precision {@link DType#F32} or {@link DType#F16}; the latter only for tensors of two or
   *     more dimensions, because vectors (biases, normalisation) cost nothing and are sensitive
   * @throws BundleException if something different is there
   * @throws IllegalArgumentException if a tensor is not finite, or not so in the precision
   */
  public static ModelBundle write(
      Path directory, ManifestDraft draft, Collection<TensorData> tensors, DType precision)
      throws IOException {
    return write(directory, draft, tensors, precision, List.of());
  }

  /**
   * The same with a cohort for score normalisation.
   *
   * @param cohort voices of 2 to 10,000 other speakers, of unit length; empty for none
   * @throws IllegalArgumentException also if a voice of the cohort is not of the model's size or
   *     not of unit length
   */
  public static ModelBundle write(
      Path directory,
      ManifestDraft draft,
      Collection<TensorData> tensors,
      DType precision,
      List<float[]> cohort)
      throws IOException {
    return BundleWriter.write(directory, draft, tensors, precision, cohort);
  }

  /**
   * Signs the bundle in a folder, replacing a signature that is there.
   *
   * @throws BundleException if the bundle is refused
   */
  public static void sign(Path directory, PrivateKey key) throws IOException {
    ModelBundle bundle = open(directory);
    byte[] signature =
        BundleSignature.sign(file(bundle.files, bundle.source, BundleFiles.MANIFEST), key);
    BundleWriter.replace(directory.resolve(BundleFiles.SIGNATURE), signature);
  }

  /** What the model is. */
  public ModelManifest manifest() {
    return manifest;
  }

  /** The weights by name. */
  public Map<String, TensorData> tensors() {
    return weights.tensors();
  }

  /**
   * Voices of strangers that scores can be normalised with, each of unit length; empty where the
   * bundle has none. How many of them count is said by {@link ModelManifest#decision()}.
   */
  public List<float[]> cohort() {
    return cohort.stream().map(float[]::clone).toList();
  }

  /**
   * The content of a listed file.
   *
   * @throws BundleException if there is no such file
   */
  public ByteBuffer file(String name) throws BundleException {
    return ByteBuffer.wrap(file(files, source, name)).asReadOnlyBuffer();
  }

  /** Writes all files of the bundle, as they are, into a folder that is empty. */
  void unpack(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue(), StandardOpenOption.CREATE_NEW);
    }
  }

  /**
   * Checks that a key has signed this bundle.
   *
   * @throws BundleException if there is no signature or it is of another key
   */
  public void requireSignedBy(PublicKey key) throws BundleException {
    requireSigned(files, source, file(files, source, BundleFiles.MANIFEST), key);
  }

  private static byte[] file(Map<String, byte[]> files, String source, String name)
      throws BundleException {
    byte[] content = files.get(name);
    if (content == null) {
      throw new BundleException(Reason.MISSING, source, "has no " + name);
    }
    return content;
  }

  private static void requireSigned(
      Map<String, byte[]> files, String source, byte[] json, PublicKey key) throws BundleException {
    byte[] signature = files.get(BundleFiles.SIGNATURE);
    if (signature == null) {
      throw new BundleException(
          Reason.UNTRUSTED, source, "is not signed: it has no " + BundleFiles.SIGNATURE);
    }
    if (!BundleSignature.isValid(json, signature, key)) {
      throw new BundleException(
          Reason.UNTRUSTED,
          source,
          BundleFiles.SIGNATURE + " is not the required key's signature of model.json");
    }
  }

  private static void requireListed(
      Map<String, byte[]> files, String source, ModelManifest manifest) throws BundleException {
    for (String name : files.keySet()) {
      if (!BundleFiles.isUnlisted(name) && !manifest.files().containsKey(name)) {
        throw new BundleException(
            Reason.DAMAGED, source, "'" + name + "' is not listed in model.json");
      }
    }
    for (Map.Entry<String, FileEntry> listed : manifest.files().entrySet()) {
      FileEntry actual = FileDigest.of(file(files, source, listed.getKey()));
      if (!actual.equals(listed.getValue())) {
        throw new BundleException(
            Reason.DAMAGED,
            source,
            "%s has %d bytes of SHA-256 %s where model.json lists %d of %s"
                .formatted(
                    listed.getKey(),
                    actual.bytes(),
                    actual.sha256(),
                    listed.getValue().bytes(),
                    listed.getValue().sha256()));
      }
    }
  }

  private static List<float[]> cohort(
      Map<String, byte[]> files, String source, ModelManifest manifest) throws BundleException {
    byte[] content = files.get(BundleFiles.COHORT);
    return content == null
        ? List.of()
        : CohortFile.read(content, source + "/" + BundleFiles.COHORT, manifest.embeddingSize());
  }

  private static Safetensors weights(Map<String, byte[]> files, String source)
      throws BundleException {
    String name = source + "/" + BundleFiles.WEIGHTS;
    ByteBuffer content = ByteBuffer.wrap(file(files, source, BundleFiles.WEIGHTS));
    Safetensors weights = Safetensors.read(content, name);
    for (TensorData tensor : weights.tensors().values()) {
      if (!tensor.isFinite()) {
        throw new BundleException(
            Reason.INVALID, name, "tensor '" + tensor.name() + "' has values that are not finite");
      }
    }
    return weights;
  }
}
