package io.voxtag.embedder;

import io.voxtag.embedder.batch.SpeakerModelEmbedder;
import io.voxtag.embedder.batch.WindowEmbedder;
import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.embedder.model.ConfiguredModel;
import io.voxtag.embedder.model.ModelSupply;
import io.voxtag.modelstore.ModelStoreSettings;
import io.voxtag.voiceprint.bundle.BundlePolicy;
import io.voxtag.voiceprint.bundle.BundleSignature;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Loads bundles to the device and under the demands of the configuration. */
final class BundleLoading implements ModelSupply.Loader, ConfiguredModel {

  private static final Logger LOG = Logger.getLogger(BundleLoading.class);

  private final Path configured;
  private final String device;
  private final BundlePolicy policy;

  /**
   * @throws IOException if {@code voxtag.models.signed-by} cannot be read
   * @throws IllegalArgumentException if it is no key
   */
  BundleLoading(EmbedderSettings settings, ModelStoreSettings store) throws IOException {
    this.configured = settings.model();
    this.device = settings.device();
    Optional<Path> key = store.signedBy();
    this.policy =
        key.isPresent()
            ? BundlePolicy.DEFAULT.signedBy(BundleSignature.publicKey(key.get()))
            : BundlePolicy.DEFAULT;
  }

  @Override
  public WindowEmbedder load(Path bundle) throws IOException {
    return SpeakerModelEmbedder.load(bundle, device, policy);
  }

  @Override
  public WindowEmbedder load() throws IOException {
    return load(configured);
  }

  @Override
  public Optional<Identity> identity() {
    try {
      ModelBundle bundle = ModelBundle.open(configured, policy);
      return Optional.of(
          new Identity(bundle.manifest().version(), sha256(bundle.file("model.json"))));
    } catch (IOException e) {
      LOG.warnf("The configured model is of no use, reason=%s", e.getMessage());
      return Optional.empty();
    }
  }

  private static String sha256(ByteBuffer manifest) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(manifest);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
