package io.voxtag.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The health check of the images, run against a server that answers as a service does. */
class HealthScriptTest {

  @ParameterizedTest
  @CsvSource({"200, 0", "503, 1", "404, 1"})
  void isReadyWhereTheServiceSaysSo(int status, int expected) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      assertThat(run("ingest", server.getAddress().getPort())).isEqualTo(expected);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void isNotReadyWhereNobodyListens() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    int port = server.getAddress().getPort();
    server.stop(0);
    assertThat(run("ingest", port)).isEqualTo(1);
  }

  @Test
  void asksForAService() throws Exception {
    assertThat(run("none", 1)).isEqualTo(1);
  }

  private static int run(String service, int port) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", DeployFiles.ROOT.resolve("container/health.sh").toString())
            .inheritIO();
    builder.environment().put("VOXTAG_SERVICE", service);
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    Process process = builder.start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
