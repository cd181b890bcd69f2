package io.voxtag.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Dockerfile as text: no container engine is asked for. */
class ImagesTest {

  private static final Path FOLDER = DeployFiles.ROOT.resolve("container");
  private static final Path REPOSITORY = DeployFiles.ROOT.resolve("..").normalize();

  private static final List<String> LINES = instructions(FOLDER.resolve("Dockerfile"));

  @Test
  void theBaseIsPinned() {
    assertThat(LINES)
        .filteredOn(line -> line.startsWith("FROM ") && line.contains(":"))
        .singleElement()
        .asString()
        .matches("FROM [a-z-]+:\\d+\\.\\d+\\.\\d+_\\d+-[a-z-]+ AS base");
  }

  @Test
  void nobodyIsRootAndEverybodyIsAskedForHealth() {
    assertThat(LINES)
        .filteredOn(line -> line.startsWith("USER "))
        .containsExactly("USER 10001:10001");
    assertThat(LINES)
        .filteredOn(line -> line.startsWith("HEALTHCHECK "))
        .singleElement()
        .asString()
        .endsWith("CMD [\"voxtag-health\"]");
  }

  @Test
  void whatIsCopiedGoesToTheBuilder() {
    List<String> sources =
        LINES.stream()
            .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
            .map(line -> line.replaceFirst("^COPY (--\\S+ )*", "").split(" ")[0])
            .toList();
    List<String> allowed =
        instructions(FOLDER.resolve("Dockerfile.dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1).replace("*/", "${SERVICE}/"))
            .toList();
    assertThat(sources)
        .isNotEmpty()
        .allSatisfy(
            source -> {
              assertThat(allowed).anyMatch(source::startsWith);
              if (!source.contains("${SERVICE}")) {
                assertThat(REPOSITORY.resolve(source)).exists();
              }
            });
  }

  @Test
  void theGpusLibraryIsThatOfTheBuild() throws IOException {
    String pom = Files.readString(REPOSITORY.resolve("pom.xml"));
    String version = find(pom, "<pytorch.version>(.*)</pytorch.version>").group(1);
    assertThat(environment()).containsEntry("PYTORCH_VERSION", version);
    assertThat(environment()).containsKeys("PYTORCH_LIBRARY_PATH", "PYTORCH_FLAVOR");
  }

  @Test
  void foldersThatAreWrittenToAreVolumes() {
    String volumes =
        LINES.stream().filter(line -> line.startsWith("VOLUME ")).findFirst().orElseThrow();
    assertThat(environment().values())
        .filteredOn(value -> value.startsWith("/var/"))
        .isNotEmpty()
        .allSatisfy(
            folder ->
                assertThat(List.of("/var/lib/voxtag", "/var/cache/voxtag"))
                    .anyMatch(
                        volume ->
                            folder.startsWith(volume) && volumes.contains('"' + volume + '"')));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "embedder", "matcher", "trainer"})
  void portsAreThoseOfTheService(String service) throws IOException {
    // given
    Properties defaults = new Properties();
    try (Reader reader =
        Files.newBufferedReader(
            REPOSITORY
                .resolve(service)
                .resolve("src/main/resources/META-INF/microprofile-config.properties"))) {
      defaults.load(reader);
    }
    String port = defaults.getProperty("quarkus.http.port");

    // then
    assertThat(Files.readString(FOLDER.resolve("health.sh")))
        .contains(service + ") default=" + port + " ;;");
    assertThat(Files.readString(DeployFiles.ROOT.resolve("compose/prometheus.yml")))
        .contains("\"" + service + ":" + port + "\"");
    assertThat(Workload.in(DeployFiles.resources()))
        .filteredOn(workload -> workload.service().equals(service))
        .singleElement()
        .satisfies(
            workload ->
                assertThat(workload.container().getPorts().get(0).getContainerPort())
                    .hasToString(port));
  }

  /** What the image sets. */
  static Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    LINES.stream()
        .filter(line -> line.startsWith("ENV "))
        .flatMap(line -> List.of(line.substring(4).trim().split("\\s+")).stream())
        .forEach(pair -> environment.put(pair.split("=", 2)[0], pair.split("=", 2)[1]));
    return environment;
  }

  private static MatchResult find(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow();
  }

  /** Lines without comments, those that are continued as one. */
  private static List<String> instructions(Path file) {
    try {
      String text = Files.readString(file).replaceAll("(?m)^#.*\\R", "");
      return text.replaceAll("\\\\\\R", " ")
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
