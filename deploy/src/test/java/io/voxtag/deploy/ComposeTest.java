package io.voxtag.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComposeTest {

  private static final Set<String> OURS =
      Set.of("ingest", "embedder", "matcher", "trainer", "console");

  private final Compose compose = Compose.read();

  @Test
  void everyImageIsPinned() {
    compose
        .services()
        .forEach(
            (name, service) ->
                assertThat(service.image())
                    .as(name)
                    .matches("[a-z/-]+:v?\\d+\\.\\d+\\.\\d+[a-z-]*"));
  }

  @Test
  void kafkaIsTheVersionThatTestsRunAgainst() throws IOException {
    String pom = Files.readString(DeployFiles.ROOT.resolveSibling("pom.xml"));
    String image = compose.services().get("kafka").image();
    assertThat(pom).contains("<kafka.version>" + image.split(":")[1] + "</kafka.version>");
  }

  @Test
  void everyServiceIsLookedAfter() {
    assertThat(compose.services()).containsKeys(OURS.toArray(String[]::new));
    compose
        .services()
        .forEach(
            (name, service) -> {
              assertThat(service.healthcheck().test()).as(name).hasSizeGreaterThan(1);
              assertThat(service.restart()).as(name).isEqualTo("unless-stopped");
            });
  }

  @Test
  void ourServicesRunWithoutRights() {
    for (String name : OURS) {
      Compose.Service service = compose.services().get(name);
      assertThat(service.readOnly()).as(name).isTrue();
      assertThat(service.capDrop()).as(name).containsExactly("ALL");
      assertThat(service.tmpfs()).as(name).contains("/tmp");
      assertThat(service.build()).isNotNull();
      assertThat(service.build().args()).containsEntry("SERVICE", name);
      assertThat(DeployFiles.ROOT.resolve(service.build().context()))
          .satisfies(context -> assertThat(context.resolve(service.build().dockerfile())).exists());
    }
  }

  @Test
  void whatAServiceWaitsForSaysWhenItIsReady() {
    compose
        .services()
        .values()
        .forEach(
            service -> {
              if (service.dependsOn() != null) {
                assertThat(compose.services()).containsKeys(keys(service.dependsOn()));
                assertThat(service.dependsOn().values())
                    .extracting(Compose.Dependency::condition)
                    .containsOnly("service_healthy");
              }
            });
    for (String name : OURS) {
      assertThat(compose.services().get(name).dependsOn()).as(name).containsKey("kafka");
    }
  }

  @Test
  void everyVolumeIsDeclaredAndUsed() {
    Set<String> used =
        compose.services().values().stream()
            .filter(service -> service.volumes() != null)
            .flatMap(service -> service.volumes().stream())
            .map(volume -> volume.split(":")[0])
            .filter(source -> !source.startsWith("."))
            .collect(Collectors.toSet());
    assertThat(compose.volumes().keySet()).isEqualTo(used);
  }

  @Test
  void theExampleNamesEveryVariableAndHasNoSecret() throws IOException {
    // given
    List<String> lines = Files.readAllLines(Compose.EXAMPLE);
    Map<String, Boolean> references = Compose.references();

    // then
    assertThat(references)
        .allSatisfy(
            (name, required) ->
                assertThat(lines)
                    .anyMatch(line -> line.startsWith((required ? "" : "#") + name + "=")));
    assertThat(lines)
        .filteredOn(line -> line.matches("[A-Z_]+=.*"))
        .allMatch(line -> line.endsWith("="));
  }

  @Test
  void nobodyButCallersGetsInFromOutside() {
    compose
        .services()
        .forEach(
            (name, service) -> {
              if (service.ports() != null && !name.equals("ingest")) {
                assertThat(service.ports())
                    .as(name)
                    .allMatch(port -> port.startsWith("127.0.0.1:"));
              }
            });
  }

  @Test
  void filesThatAreMountedAreThere() {
    assertThat(
            compose.services().values().stream()
                .filter(service -> service.volumes() != null)
                .flatMap(service -> service.volumes().stream())
                .map(volume -> volume.split(":")[0])
                .filter(source -> source.startsWith("./"))
                .map(Path::of)
                .toList())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(DeployFiles.ROOT.resolve(file)).exists());
  }

  @Test
  void theGpusFileChangesServicesThatThereAre() {
    // given
    JsonNode services =
        DeployFiles.documents(DeployFiles.ROOT.resolve("compose.gpu.yaml")).get(0).get("services");

    // then
    assertThat(services.fieldNames()).toIterable().containsExactly("embedder", "trainer");
    services
        .fields()
        .forEachRemaining(
            entry -> {
              JsonNode service = entry.getValue();
              assertThat(service.get("image").asText())
                  .isEqualTo("voxtag/" + entry.getKey() + "-cuda:0.1.0");
              assertThat(service.at("/build/target").asText()).isEqualTo("cuda");
              assertThat(service.at("/environment").elements())
                  .toIterable()
                  .extracting(JsonNode::asText)
                  .containsExactly("gpu");
            });
  }

  private static String[] keys(Map<String, ?> map) {
    return map.keySet().toArray(String[]::new);
  }
}
