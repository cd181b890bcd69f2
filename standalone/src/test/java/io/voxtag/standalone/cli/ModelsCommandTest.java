package io.voxtag.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.voiceprint.bundle.BundlePolicy;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

class ModelsCommandTest {
  private static final Path CHECKPOINTS =
      Path.of("..", "voiceprint", "src", "test", "resources", "importing");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void anImportedModelShowsWhatItIs() throws IOException {
    Path bundle = folder.resolve("bundle");

    assertThat(importing("speechbrain.ckpt", "speechbrain", bundle, "--attribution", "CC BY 4.0"))
        .isZero();
    assertThat(out.toString()).contains("EcapaTdnn on DecibelFbank, vectors of 8 values");
    assertThat(err.toString()).contains("voxtag calibrate");

    assertThat(run("models", "show", bundle.toString())).isZero();
    assertThat(out.toString())
        .contains("model imported-1", "EcapaTdnn", "DecibelFbank", "CC BY 4.0", "none yet");
  }

  @Test
  void scriptsReadOneLineOfJson() throws IOException {
    Path bundle = folder.resolve("bundle");

    assertThat(importing("wespeaker.pt", "wespeaker", bundle, "--json", "--half")).isZero();
    JsonNode result = lastLine();
    assertThat(result.get("architecture").asText()).isEqualTo("EcapaTdnn");
    assertThat(result.get("unused").get(0).asText()).isEqualTo("projection.weight");

    assertThat(run("models", "show", bundle.toString(), "--json")).isZero();
    JsonNode manifest = lastLine();
    assertThat(manifest.get("version").asText()).isEqualTo("imported-1");
    assertThat(manifest.get("architecture").get("args").get("pooling_type").asText())
        .isEqualTo("ASTP");
    assertThat(manifest.get("files").has("weights.safetensors")).isTrue();
  }

  @Test
  void aFileThatWouldRunCodeIsRefusedInOneLine() throws IOException {
    Path hostile = folder.resolve("model.pt");
    byte[] pickle =
        "\u0080\u0002cos\nsystem\nX\u0002\0\0\0id\u0085R.".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(hostile, pickle);

    int exitCode = importing(hostile.toString(), "wespeaker", folder.resolve("bundle"));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).contains(hostile + ": asks for 'os.system'").doesNotContain("\tat ");
    assertThat(folder.resolve("bundle")).doesNotExist();
  }

  @Test
  void aWrongCommandLineIsToldApartFromAWrongFile() {
    assertThat(run("models")).isEqualTo(2);
    assertThat(run("models", "import", "x.pt", "--from", "wespeaker")).isEqualTo(2);
    assertThat(importing("wespeaker.pt", "nobody", folder.resolve("bundle"))).isEqualTo(2);
    assertThat(err.toString()).contains("unknown source 'nobody'", "voiceprint-pytorch");

    assertThat(importing("missing.pt", "wespeaker", folder.resolve("bundle"))).isEqualTo(1);
    assertThat(err.toString()).contains("missing.pt: no such file");
    assertThat(importing("speechbrain.ckpt", "wespeaker", folder.resolve("bundle"))).isEqualTo(1);
    assertThat(err.toString()).contains("not those of one of [EcapaTdnn, ResNet, CAMPPlus");
  }

  @Test
  void aSignedBundleOpensForThePublicKey() throws Exception {
    Path bundle = folder.resolve("bundle");
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path pem = pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    assertThat(importing("speechbrain.ckpt", "speechbrain", bundle)).isZero();

    assertThat(run("models", "sign", bundle.toString(), "--key", pem.toString())).isZero();

    assertThat(out.toString()).contains("signed model imported-1");
    BundlePolicy demanding = BundlePolicy.DEFAULT.signedBy(keys.getPublic());
    assertThat(ModelBundle.open(bundle, demanding).manifest().version()).isEqualTo("imported-1");
  }

  @Test
  void onlyAPrivateKeySigns() throws Exception {
    Path bundle = folder.resolve("bundle");
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path pem = pem("PUBLIC KEY", keys.getPublic().getEncoded());
    assertThat(importing("speechbrain.ckpt", "speechbrain", bundle)).isZero();

    assertThat(run("models", "sign", bundle.toString(), "--key", pem.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--key: " + pem + " has no -----BEGIN PRIVATE KEY-----");
    assertThat(run("models", "sign", bundle.toString())).isEqualTo(2);
    assertThat(bundle.resolve("model.json.sig")).doesNotExist();
  }

  private Path pem(String type, byte[] key) throws IOException {
    return Files.writeString(
        folder.resolve("key.pem"),
        "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
            .formatted(type, Base64.getMimeEncoder().encodeToString(key)));
  }

  private int importing(String checkpoint, String source, Path bundle, String... more) {
    String[] line = {
      "models",
      "import",
      CHECKPOINTS.resolve(checkpoint).toString(),
      "--from",
      source,
      "--version",
      "imported-1",
      "--output",
      bundle.toString()
    };
    String[] all = Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    return run(all);
  }

  private JsonNode lastLine() throws IOException {
    String[] lines = out.toString().split("\n");
    return new ObjectMapper().readTree(lines[lines.length - 1]);
  }

  private int run(String... args) {
    return CommandLines.create(new PrintWriter(out, true), new PrintWriter(err, true), Ansi.OFF)
        .execute(args);
  }
}
