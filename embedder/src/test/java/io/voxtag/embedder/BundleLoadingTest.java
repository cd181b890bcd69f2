package io.voxtag.embedder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.embedder.batch.RandomBundle;
import io.voxtag.embedder.batch.WindowEmbedder;
import io.voxtag.embedder.model.ConfiguredModel;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.voiceprint.bundle.BundleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleLoadingTest {

  @TempDir Path folder;
  private Path bundle;

  @BeforeEach
  void write() throws IOException {
    bundle = folder.resolve("model");
    RandomBundle.write(bundle, 16_000);
  }

  @Test
  void saysWhichModelIsConfiguredWithoutLoadingIt() throws IOException {
    BundleLoading loading = loading(Map.of());
    String sha256;
    try (ModelStore store = TestSettings.store(folder.resolve("store"), folder.resolve("cache"))) {
      sha256 = store.put(bundle).sha256();
    }

    assertThat(loading.identity()).hasValue(new ConfiguredModel.Identity("random-1", sha256));
    try (WindowEmbedder model = loading.load()) {
      assertThat(model.modelVersion()).isEqualTo("random-1");
    }
  }

  @Test
  void aBundleThatIsNotSignedAsDemandedIsRefused() throws Exception {
    BundleLoading loading = loading(Map.of("voxtag.models.signed-by", key().toString()));

    assertThatThrownBy(() -> loading.load(bundle))
        .isInstanceOfSatisfying(
            BundleException.class,
            e -> assertThat(e.reason()).isEqualTo(BundleException.Reason.UNTRUSTED));
    assertThatThrownBy(loading::load).isInstanceOf(BundleException.class);
    assertThat(loading.identity()).isEmpty();
  }

  @Test
  void aKeyThatIsNoneIsRefusedByItsFile() throws IOException {
    Path file = Files.writeString(folder.resolve("key.pem"), "no key");

    assertThatThrownBy(() -> loading(Map.of("voxtag.models.signed-by", file.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key.pem");
  }

  private BundleLoading loading(Map<String, String> store) throws IOException {
    return new BundleLoading(
        TestSettings.with(
            Map.of("voxtag.embedder.model", bundle.toString(), "voxtag.embedder.device", "cpu")),
        TestSettings.storeSettings(store));
  }

  private Path key() throws GeneralSecurityException, IOException {
    byte[] key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
    return Files.writeString(
        folder.resolve("key.pem"),
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key)
            + "\n-----END PUBLIC KEY-----\n");
  }
}
