package io.voxtag.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.voxtag.console.ConsoleSettings;
import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.ingest.IngestSettings;
import io.voxtag.matcher.MatcherSettings;
import io.voxtag.modelstore.ModelStoreSettings;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.tracing.TracingSettings;
import io.voxtag.trainer.config.TrainerSettings;
import io.voxtag.trainer.dataset.DatasetSettings;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every variable in the deployments is a key of the service that gets it, with a value it takes.
 */
class EnvironmentKeysTest {

  private static final Map<String, Set<Class<?>>> SETTINGS =
      Map.of(
          "ingest", Set.of(KafkaSettings.class, TracingSettings.class, IngestSettings.class),
          "embedder",
              Set.of(
                  KafkaSettings.class,
                  TracingSettings.class,
                  EmbedderSettings.class,
                  ModelStoreSettings.class),
          "matcher",
              Set.of(
                  KafkaSettings.class,
                  TracingSettings.class,
                  MatcherSettings.class,
                  ModelStoreSettings.class),
          "trainer",
              Set.of(
                  KafkaSettings.class,
                  TrainerSettings.class,
                  DatasetSettings.class,
                  ModelStoreSettings.class),
          "console", Set.of(KafkaSettings.class, ConsoleSettings.class));

  // Read by Java, PyTorch and the images.
  private static final Set<String> OTHERS =
      Set.of("JAVA_TOOL_OPTIONS", "OMP_NUM_THREADS", "DJL_CACHE_DIR", "VOXTAG_SERVICE");

  /** A service's variables, and where they come from. */
  record Variables(String from, String service, Map<String, String> values) {
    @Override
    public String toString() {
      return from + " " + service;
    }
  }

  static Stream<Variables> variables() {
    Stream<Variables> kubernetes =
        Workload.in(DeployFiles.resources()).stream()
            .map(w -> new Variables("kubernetes", w.service(), w.environment()));
    Stream<Variables> compose =
        Compose.read().services().entrySet().stream()
            .filter(service -> SETTINGS.containsKey(service.getKey()))
            .map(
                service ->
                    new Variables("compose", service.getKey(), service.getValue().environment()));
    return Stream.concat(kubernetes, compose);
  }

  @ParameterizedTest
  @MethodSource("variables")
  void everyVariableIsAKeyOfItsService(Variables variables) {
    // given
    Set<String> known =
        SETTINGS.get(variables.service()).stream()
            .flatMap(EnvironmentKeysTest::keys)
            .map(EnvironmentKeysTest::variable)
            .collect(Collectors.toSet());

    // then
    assertThat(variables.values().keySet())
        .allSatisfy(
            name -> assertThat(known.contains(name) || OTHERS.contains(name)).as(name).isTrue());
  }

  @ParameterizedTest
  @MethodSource("variables")
  void everyValueIsOneThatItsKeyTakes(Variables variables) {
    // given
    Map<String, String> values = new TreeMap<>(variables.values());
    values.values().removeIf(String::isEmpty);
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new EnvConfigSource(values, 300));
    SETTINGS.get(variables.service()).forEach(builder::withMapping);

    // when
    SmallRyeConfig config = builder.build();

    // then
    SETTINGS
        .get(variables.service())
        .forEach(settings -> assertThat(config.getConfigMapping(settings)).isNotNull());
    assertThat(config.getConfigMapping(KafkaSettings.class).bootstrapServers())
        .isEqualTo(values.get("VOXTAG_KAFKA_BOOTSTRAP_SERVERS"));
  }

  @Test
  void aVariableReachesTheKeyThatItsNameIsMadeFrom() {
    // given
    Workload matcher =
        Workload.in(DeployFiles.resources()).stream()
            .filter(workload -> workload.service().equals("matcher"))
            .findFirst()
            .orElseThrow();

    // when
    Map<String, String> values = new TreeMap<>(matcher.environment());
    values.values().removeIf(String::isEmpty);
    MatcherSettings settings =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new EnvConfigSource(values, 300))
            .withMapping(MatcherSettings.class)
            .build()
            .getConfigMapping(MatcherSettings.class);

    // then
    assertThat(settings.redisUrl()).hasScheme("rediss").hasHost("voxtag-redis");
    assertThat(settings.redis().user()).contains("voxtag");
    assertThat(settings.redis().passwordFile()).isPresent();
    assertThat(settings.redis().trust()).isPresent();
  }

  @Test
  void whatTheImagesSetAreKeysToo() {
    Set<String> known =
        SETTINGS.values().stream()
            .flatMap(Set::stream)
            .flatMap(EnvironmentKeysTest::keys)
            .map(EnvironmentKeysTest::variable)
            .collect(Collectors.toSet());
    assertThat(ImagesTest.environment().keySet())
        .filteredOn(name -> name.startsWith("VOXTAG_") && !OTHERS.contains(name))
        .isNotEmpty()
        .isSubsetOf(known);
  }

  private static Stream<String> keys(Class<?> settings) {
    return ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(settings))
        .keySet()
        .stream();
  }

  // As MicroProfile Config 3.1 finds a key in the environment.
  private static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
