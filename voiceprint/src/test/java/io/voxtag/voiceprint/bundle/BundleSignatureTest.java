package io.voxtag.voiceprint.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.voiceprint.bundle.BundleException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleSignatureTest {
  @TempDir private Path folder;

  private KeyPair keys;
  private Path bundle;

  @BeforeEach
  void writeBundle() throws Exception {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    bundle = Bundles.write(folder);
  }

  @Test
  void aSignedBundleOpensForItsKey() throws Exception {
    ModelBundle.sign(bundle, keys.getPrivate());
    ModelBundle opened = ModelBundle.open(bundle, BundlePolicy.DEFAULT.signedBy(keys.getPublic()));
    assertThatCode(() -> opened.requireSignedBy(keys.getPublic())).doesNotThrowAnyException();
  }

  @Test
  void aSignatureIsIgnoredWhereNoneIsRequired() throws Exception {
    ModelBundle.sign(bundle, keys.getPrivate());
    assertThat(ModelBundle.open(bundle).tensors()).isNotEmpty();
  }

  @Test
  void anUnsignedBundleIsRefusedWhereAKeyIsRequired() {
    BundlePolicy policy = BundlePolicy.DEFAULT.signedBy(keys.getPublic());
    assertThatThrownBy(() -> ModelBundle.open(bundle, policy))
        .isInstanceOfSatisfying(
            BundleException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNTRUSTED))
        .hasMessageContaining("has no model.json.sig");
  }

  @Test
  void anotherKeysSignatureIsRefused() throws Exception {
    KeyPair others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    ModelBundle.sign(bundle, others.getPrivate());
    BundlePolicy policy = BundlePolicy.DEFAULT.signedBy(keys.getPublic());
    assertThatThrownBy(() -> ModelBundle.open(bundle, policy))
        .hasMessageContaining("not the required key's signature");
  }

  @Test
  void aSignatureOfAnotherLengthIsRefused() throws Exception {
    Files.write(bundle.resolve("model.json.sig"), new byte[3]);
    BundlePolicy policy = BundlePolicy.DEFAULT.signedBy(keys.getPublic());
    assertThatThrownBy(() -> ModelBundle.open(bundle, policy)).isInstanceOf(BundleException.class);
  }

  @Test
  void keysAreReadFromPemFiles() throws Exception {
    // given
    Path publicPem = pem("PUBLIC KEY", keys.getPublic());
    Path privatePem = pem("PRIVATE KEY", keys.getPrivate());
    // when
    ModelBundle.sign(bundle, BundleSignature.privateKey(privatePem));
    // then
    assertThatCode(
            () ->
                ModelBundle.open(
                    bundle, BundlePolicy.DEFAULT.signedBy(BundleSignature.publicKey(publicPem))))
        .doesNotThrowAnyException();
  }

  @Test
  void aFileThatIsNoKeyIsNamed() throws Exception {
    Path pem = Files.writeString(folder.resolve("key.pem"), "secret");
    assertThatThrownBy(() -> BundleSignature.publicKey(pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key.pem has no -----BEGIN PUBLIC KEY-----");
    Path swapped = pem("PUBLIC KEY", keys.getPrivate());
    assertThatThrownBy(() -> BundleSignature.publicKey(swapped))
        .hasMessageContaining("not an Ed25519 public key");
  }

  private Path pem(String type, Key key) throws Exception {
    String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return Files.writeString(
        folder.resolve(type.replace(' ', '-') + ".pem"),
        "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
  }
}
