package io.voxtag.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A storage that breaks in ways that a good one cannot be asked to. */
class BrokenStorageTest {

  private static final byte[] NO_SUCH_KEY =
      "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;

  private HttpServer server;
  private TestBundle bundle;
  private String sha256;
  private boolean breaksOff = true;

  @BeforeEach
  void start() throws IOException {
    bundle = TestBundle.write(folder.resolve("bundle"), "v1", 1);
    sha256 = Sha256.of(Files.readAllBytes(bundle.file("model.json")));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aConnectionThatBreaksOffIsWorthAnotherTry() throws Exception {
    try (ModelStore store = open()) {
      URI uri = URI.create("s3://models/v1/" + sha256);

      assertThatThrownBy(() -> store.fetch(uri, sha256))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("broke off after 50000 of 100000 bytes");
      assertThat(ModelStoreContract.list(folder.resolve("cache"))).isEmpty();

      // when
      breaksOff = false;

      // then
      ModelStoreContract.assertSameFiles(store.fetch(uri, sha256), bundle.folder());
    }
  }

  @Test
  void whatTheStorageRefusesIsNamed() {
    try (ModelStore store = open()) {
      assertThatThrownBy(() -> store.put(bundle.folder()))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(BundleRefusedException.class)
          .hasMessageContaining("cannot write s3://models/v1/" + sha256)
          .hasMessageContaining("501");
    }
  }

  private ModelStore open() {
    URI endpoint = URI.create("http://localhost:" + server.getAddress().getPort());
    return ModelStores.open(
            ModelStoreLocation.of(URI.create("s3://models"), folder.resolve("cache"))
                .withBucket(ModelStoreLocation.Bucket.at(endpoint, "key", "secret")))
        .orElseThrow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Path file = bundle.file(Path.of(exchange.getRequestURI().getPath()).getFileName().toString());
      if (exchange.getRequestMethod().equals("PUT")) {
        exchange.sendResponseHeaders(501, -1);
      } else if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!Files.exists(file)) {
        exchange.sendResponseHeaders(404, NO_SUCH_KEY.length);
        exchange.getResponseBody().write(NO_SUCH_KEY);
      } else {
        send(exchange, Files.readAllBytes(file));
      }
    }
  }

  private void send(HttpExchange exchange, byte[] content) throws IOException {
    boolean half = breaksOff && exchange.getRequestURI().getPath().endsWith(".safetensors");
    exchange.sendResponseHeaders(200, content.length);
    OutputStream body = exchange.getResponseBody();
    body.write(content, 0, half ? content.length / 2 : content.length);
    body.flush();
  }
}
