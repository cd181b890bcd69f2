package io.voxtag.modelstore;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** Against MinIO, where there is a Docker engine. */
class MinioModelStoreIT extends S3ModelStoreContract {

  private static final String IMAGE = "minio/minio:RELEASE.2025-04-22T22-12-26Z";
  private static final int PORT = 9000;
  private static final String ACCESS_KEY = "voxtag";
  private static final String SECRET_KEY = "voxtag-secret";
  private static final GenericContainer<?> MINIO = new GenericContainer<>(IMAGE);

  @BeforeAll
  static void start() {
    assumeTrue(isDockerThere(), "no Docker engine");
    MINIO
        .withEnv("MINIO_ROOT_USER", ACCESS_KEY)
        .withEnv("MINIO_ROOT_PASSWORD", SECRET_KEY)
        .withCommand("server", "/data")
        .withExposedPorts(PORT)
        .waitingFor(Wait.forHttp("/minio/health/ready").forPort(PORT))
        .start();
  }

  // Testcontainers complains at length where it finds nothing.
  private static boolean isDockerThere() {
    boolean configured =
        System.getenv("DOCKER_HOST") != null
            || Files.exists(Path.of("/var/run/docker.sock"))
            || Files.exists(
                Path.of(System.getProperty("user.home", ""), ".docker", "run", "docker.sock"));
    return configured && DockerClientFactory.instance().isDockerAvailable();
  }

  @AfterAll
  static void stop() {
    MINIO.stop();
  }

  @Override
  S3Server server() {
    return new S3Server(
        URI.create("http://" + MINIO.getHost() + ":" + MINIO.getMappedPort(PORT)),
        ACCESS_KEY,
        SECRET_KEY);
  }
}
