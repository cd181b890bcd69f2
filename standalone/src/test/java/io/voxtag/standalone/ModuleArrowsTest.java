package io.voxtag.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The arrows between modules.
 *
 * <p>Services share topics, the registry and the model store, and nothing else: if one could call
 * another, they could no longer be deployed, scaled and killed apart. Libraries stay free of what
 * would make them heavy: whoever decodes audio needs no PyTorch, whoever computes an error rate
 * needs no Kafka, and a matcher on a small machine never loads a network. The console knows {@code
 * audio} to play stretches of calls in whatever coding they came, and to enrol from them. Arrows
 * that are allowed here but not in a module's POM do not compile; this test also catches those that
 * come in through a dependency of a dependency.
 */
class ModuleArrowsTest {

  private static final String ROOT = "io.voxtag.";
  private static final Set<String> SERVICES =
      Set.of("ingest", "embedder", "matcher", "trainer", "console");

  private static JavaClasses classes;

  /** A module and the other modules of Voxtag that it may know. */
  private record Arrow(String module, Set<String> mayKnow) {}

  private static final List<Arrow> ARROWS =
      List.of(
          new Arrow("schemas", Set.of()),
          new Arrow("tracing", Set.of()),
          new Arrow("audio", Set.of()),
          new Arrow("scoring", Set.of()),
          new Arrow("modelstore", Set.of()),
          new Arrow("embedded", Set.of()),
          new Arrow("voiceprint", Set.of("audio")),
          new Arrow("evaluation", Set.of("audio", "voiceprint", "scoring")),
          new Arrow("ingest", Set.of("schemas", "tracing", "audio")),
          new Arrow("embedder", Set.of("schemas", "tracing", "audio", "voiceprint", "modelstore")),
          new Arrow("matcher", Set.of("schemas", "tracing", "scoring", "modelstore")),
          new Arrow(
              "trainer",
              Set.of("schemas", "audio", "voiceprint", "scoring", "evaluation", "modelstore")),
          new Arrow("console", Set.of("schemas", "audio")),
          new Arrow(
              "standalone",
              Set.of(
                  "schemas",
                  "audio",
                  "scoring",
                  "embedded",
                  "voiceprint",
                  "evaluation",
                  "modelstore",
                  "ingest",
                  "embedder",
                  "matcher",
                  "trainer",
                  "console")));

  @BeforeAll
  static void importClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.voxtag");
  }

  @TestFactory
  Stream<DynamicTest> aModuleKnowsOnlyThoseThatTheDesignAllows() {
    return ARROWS.stream()
        .map(arrow -> DynamicTest.dynamicTest(arrow.module(), () -> checkModules(arrow)));
  }

  private static void checkModules(Arrow arrow) {
    String[] forbidden =
        ARROWS.stream()
            .map(Arrow::module)
            .filter(other -> !other.equals(arrow.module()) && !arrow.mayKnow().contains(other))
            .map(ModuleArrowsTest::packages)
            .toArray(String[]::new);
    if (forbidden.length == 0) {
      return;
    }
    noClasses()
        .that()
        .resideInAPackage(packages(arrow.module()))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .because("%s may know only %s".formatted(arrow.module(), arrow.mayKnow()))
        .check(classes);
  }

  @Test
  void onlyVoiceprintTouchesTheTensorLibrary() {
    noClasses()
        .that()
        .resideInAnyPackage(allModulesBut("voiceprint"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .because("networks live in one place, and everything else starts without natives")
        .check(classes);
  }

  @Test
  void networksAreMadeThroughTheirRegistryOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.voxtag.voiceprint.network..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.voxtag.voiceprint.network.*..")
        .because("a network's layers are its own, so that they can change without anybody noticing")
        .check(classes);
  }

  @Test
  void librariesForAudioModelsAndDecisionsKnowNoKafka() {
    noClasses()
        .that()
        .resideInAnyPackage(
            packages("audio"), packages("voiceprint"), packages("scoring"), packages("evaluation"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "redis.clients..", "io.quarkus..")
        .because("they are libraries that also serve training, tests and other programs")
        .check(classes);
  }

  @Test
  void onlyTheMatcherAndTheCommandLineTouchTheRegistry() {
    noClasses()
        .that()
        .resideInAnyPackage(allModulesBut("matcher", "standalone"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("redis.clients..")
        .because("the registry is a projection that one service keeps")
        .check(classes);
  }

  @Test
  void servicesDoNotKnowThatTheyRunInOneProcess() {
    noClasses()
        .that()
        .resideInAnyPackage(
            SERVICES.stream().map(ModuleArrowsTest::packages).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("standalone"), packages("embedded"))
        .because("the same services run alone in containers")
        .check(classes);
  }

  private static String[] allModulesBut(String... modules) {
    return ARROWS.stream()
        .map(Arrow::module)
        .filter(module -> !Arrays.asList(modules).contains(module))
        .map(ModuleArrowsTest::packages)
        .toArray(String[]::new);
  }

  private static String packages(String module) {
    return ROOT + module + "..";
  }
}
