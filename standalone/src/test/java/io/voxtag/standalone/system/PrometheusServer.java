package io.voxtag.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.standalone.monitoring.Rules;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real Prometheus with the rules that are checked in. */
final class PrometheusServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI address;
  private final Path log;

  private PrometheusServer(Process process, URI address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
  }

  /** Starts one that scrapes a target each second. */
  static PrometheusServer start(Path program, Path folder, URI target) throws IOException {
    StringBuilder config = new StringBuilder();
    config.append("global: {scrape_interval: 1s, evaluation_interval: 1s}\nrule_files:\n");
    for (Path file : Rules.files()) {
      config.append("  - ").append(file.toAbsolutePath().normalize()).append('\n');
    }
    config.append(
        """
        scrape_configs:
          - job_name: voxtag
            metrics_path: /q/metrics
            static_configs:
              - targets: ["%s"]
        """
            .formatted(target.getAuthority()));
    Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
    Path log = folder.resolve("prometheus.log");
    String listen = "127.0.0.1:" + freePort();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("series"),
                "--web.listen-address=" + listen)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, URI.create("http://" + listen), log);
    Awaitility.await("Prometheus is ready")
        .atMost(Duration.ofMinutes(1))
        .ignoreException(IOException.class)
        .until(() -> server.answer("/-/ready").contains("Ready") || !process.isAlive());
    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The series that an expression has now; a failure where it has an error. */
  JsonNode query(String expression) throws IOException, InterruptedException {
    JsonNode answer = get("/api/v1/query?query=" + encoded(expression));
    assertThat(answer.get("status").asText())
        .as("%s: %s", expression, answer.path("error").asText())
        .isEqualTo("success");
    return answer.get("data").get("result");
  }

  /** How many series a selector has had. */
  int series(String selector) throws IOException, InterruptedException {
    JsonNode answer = get("/api/v1/series?match[]=" + encoded(selector));
    assertThat(answer.get("status").asText())
        .as("%s: %s", selector, answer.path("error").asText())
        .isEqualTo("success");
    return answer.get("data").size();
  }

  /** The groups of rules, with their health. */
  JsonNode ruleGroups() throws IOException, InterruptedException {
    return get("/api/v1/rules").get("data").get("groups");
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(answer(path));
  }

  private String answer(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(address.resolve(path.replace("[]", "%5B%5D"))).build(),
            BodyHandlers.ofString())
        .body();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  @Override
  public String toString() {
    return address + ", log in " + log;
  }
}
