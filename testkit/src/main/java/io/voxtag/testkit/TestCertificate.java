package io.voxtag.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that signs itself, for this machine's loopback address, made by the JDK's keytool.
 *
 * @param keystore PKCS #12 file with key and certificate
 * @param certificate PEM file with the certificate, which whoever is to trust it takes as authority
 * @param key PEM file with the key, not encrypted
 */
public record TestCertificate(Path keystore, Path certificate, Path key) {

  /** Of the keystore and the key in it. */
  public static final String PASSWORD = "testing";

  private static final String ALIAS = "own";
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  /** Makes one, with its files in this folder. */
  public static TestCertificate create(Path folder, String name) {
    Path keystore = folder.resolve(name + ".p12");
    try {
      keytool(keystore, name);
      KeyStore store = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
      Path certificate =
          pem(
              folder.resolve(name + ".crt"),
              "CERTIFICATE",
              store.getCertificate(ALIAS).getEncoded());
      Path key =
          pem(
              folder.resolve(name + ".key"),
              "PRIVATE KEY",
              store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
      return new TestCertificate(keystore, certificate, key);
    } catch (IOException e) {
      throw new UncheckedIOException("No certificate could be made in " + folder, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No certificate could be made in " + folder, e);
    }
  }

  private static void keytool(Path keystore, String name) throws IOException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        List.of(
            tool.toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=" + name,
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            keystore.toString(),
            "-storepass",
            PASSWORD);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while keytool ran", e);
    }
  }

  private static Path pem(Path file, String what, byte[] content) throws IOException {
    return Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, LINES.encodeToString(content), what));
  }
}
