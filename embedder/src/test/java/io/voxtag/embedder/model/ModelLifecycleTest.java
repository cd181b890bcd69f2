package io.voxtag.embedder.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.embedder.TestSettings;
import io.voxtag.embedder.batch.BackgroundPace;
import io.voxtag.embedder.batch.BatchMetrics;
import io.voxtag.embedder.batch.FakeModel;
import io.voxtag.embedder.batch.UnsuitableModelException;
import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelLifecycleTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicReference<Throwable> fatal = new AtomicReference<>();
  private final FakeTopic topic = new FakeTopic();
  private final FakeStore store = new FakeStore();
  private final FakeEnrollments enrollments = new FakeEnrollments();
  private final FakeModel configured = new FakeModel("configured", windows -> windows);
  private final ServingModels models =
      new ServingModels(
          new ModelParts(
              settings(Map.of()).batch(),
              new BackgroundPace(0.1),
              BatchMetrics.NONE,
              new ModelMetrics(registry),
              enrollments),
          fatal::set);
  private ModelLifecycle lifecycle;

  @AfterEach
  void close() {
    lifecycle.close();
    models.close();
    assertThat(topic.isClosed()).isTrue();
    assertThat(configured.isClosed() || models.versions().isEmpty()).isTrue();
  }

  @Test
  void aCandidateTakesEnrolmentsBesideTheModelInService() throws Exception {
    start();
    topic.put("v2", ModelStatus.CANDIDATE);

    await().atMost(DEADLINE).until(() -> models.versions().contains("v2"));

    assertThat(models.activeVersion()).isEqualTo("configured");
    assertThat(enrollments.embed("v2").get(30, TimeUnit.SECONDS)).hasSize(8);
    assertThat(enrollments.embed("configured").get(30, TimeUnit.SECONDS)).hasSize(8);
    assertThat(backgroundWindows("v2")).isEqualTo(1);
    assertThat(backgroundWindows("configured")).isZero();
    assertThat(topic.current().statusOf("v2")).hasValue(ModelStatus.CANDIDATE);
  }

  @Test
  void aPromotionOfALoadedVersionAndTheWayBackTakeEffectAtOnce() throws Exception {
    start();
    load("v1", "v2");
    topic.put("v1", ModelStatus.ACTIVE);
    assertThat(models.activeVersion()).isEqualTo("v1");

    topic.put("v2", ModelStatus.ACTIVE);
    assertThat(models.activeVersion()).isEqualTo("v2");
    assertThat(activeGauges("v2")).isEqualTo(1);
    assertThat(activeGauges("v1")).isZero();
    enrollments.embed("v1").get(30, TimeUnit.SECONDS);
    assertThat(backgroundWindows("v1")).isEqualTo(1);

    topic.put("v1", ModelStatus.ACTIVE);
    assertThat(models.activeVersion()).isEqualTo("v1");
    assertThat(registry.get("voxtag.embedder.model.switches").counter().count()).isEqualTo(3);
    assertThat(lifecycle.problem()).isEmpty();
  }

  @Test
  void aPromotedVersionThatIsNotLoadedIsLoadedWhileTheFormerServes() {
    start();
    store.fail("v2", 1);
    topic.put("v2", ModelStatus.ACTIVE);
    assertThat(models.activeVersion()).isEqualTo("configured");

    await().atMost(DEADLINE).until(() -> lifecycle.problem().isPresent());
    assertThat(lifecycle.problem().get())
        .contains("model v2 is promoted but cannot serve")
        .contains("the store is away")
        .endsWith("configured serves");
    assertThat(registry.get("voxtag.embedder.model.mismatch").gauge().value()).isEqualTo(1);

    await().atMost(DEADLINE).until(() -> models.activeVersion().equals("v2"));
    await().atMost(DEADLINE).until(() -> lifecycle.problem().isEmpty());
  }

  @Test
  void afterItsGraceTheFormerVersionIsFreed() {
    start("voxtag.embedder.models.grace", "PT0.5S");
    load("v2");

    topic.put("v2", ModelStatus.ACTIVE);
    assertThat(models.versions()).containsExactly("configured", "v2");
    assertThat(enrollments.runs("configured")).isTrue();

    await().atMost(DEADLINE).until(configured::isClosed);
    assertThat(models.versions()).containsExactly("v2");
    assertThat(enrollments.runs("configured")).isFalse();
    assertThat(registry.find("voxtag.embedder.model.active").tag("model", "configured").gauge())
        .isNull();
    assertThat(registry.get("voxtag.embedder.models.loaded").gauge().value()).isEqualTo(1);
  }

  @Test
  void whatIsTakenBackIsFreedThoughItsGraceIsNotOver() {
    start();
    load("v1", "v2");
    topic.put("v1", ModelStatus.ACTIVE);
    topic.put("v2", ModelStatus.REJECTED);

    await().atMost(DEADLINE).until(() -> store.loaded("v2").get(0).isClosed());
    assertThat(models.activeVersion()).isEqualTo("v1");
    assertThat(models.versions()).containsExactly("configured", "v1");
  }

  @Test
  void aRefusedCandidateIsAnsweredWithTheReason() {
    start();
    store.refuse("v2", new UnsuitableModelException("takes 8000 Hz, must be 16000"));
    store.misname("v3", "v9");
    store.behave(
        "v4",
        windows -> {
          throw new IllegalStateException("no such operator");
        });

    topic.put("v2", ModelStatus.CANDIDATE);
    topic.put("v3", ModelStatus.CANDIDATE);
    topic.put("v4", ModelStatus.READY);

    assertThat(rejection("v2")).isEqualTo("takes 8000 Hz, must be 16000");
    assertThat(rejection("v3")).contains("is of version v9, must be of v3");
    assertThat(rejection("v4")).contains("no such operator");
    assertThat(store.loaded("v9").get(0).isClosed()).isTrue();
    assertThat(store.loaded("v4").get(0).isClosed()).isTrue();
    assertThat(models.versions()).containsExactly("configured");
    assertThat(fatal).hasValue(null);
  }

  @Test
  void anAnswerThatKafkaDoesNotTakeIsGivenAgain() {
    start();
    store.refuse("v2", new UnsuitableModelException("takes 8000 Hz, must be 16000"));
    topic.failRejections(1);
    topic.put("v2", ModelStatus.CANDIDATE);

    assertThat(rejection("v2")).isEqualTo("takes 8000 Hz, must be 16000");
    assertThat(topic.failuresLeft()).isZero();
  }

  @Test
  void aStoreThatFailsIsAskedAgainAndNothingIsRejected() {
    start();
    store.fail("v2", 2);
    topic.put("v2", ModelStatus.CANDIDATE);

    await().atMost(DEADLINE).until(() -> models.versions().contains("v2"));
    assertThat(topic.current().statusOf("v2")).hasValue(ModelStatus.CANDIDATE);
  }

  @Test
  void aCandidateThatBreaksIsRejectedAndTheModelInServiceGoesOn() {
    start();
    int[] calls = {0};
    store.behave(
        "v2",
        windows -> {
          if (calls[0]++ > 0) {
            throw new IllegalStateException("device lost");
          }
          return windows;
        });
    load("v2");

    assertThatThrownBy(() -> enrollments.embed("v2").get(30, TimeUnit.SECONDS))
        .hasMessageContaining("v2 no longer embeds anything");

    assertThat(rejection("v2")).contains("no longer embeds anything");
    await().atMost(DEADLINE).until(() -> models.versions().equals(List.of("configured")));
    assertThat(fatal).hasValue(null);
  }

  @Test
  void whatNoRetryMendsEndsTheEmbedderWhateverModelMeetsIt() {
    start();
    load("v2");

    enrollments.fail("v2", new AuthorizationException("no"));

    assertThat(fatal.get()).hasMessage("no");
  }

  @Test
  void ofManyCandidatesTheNewestAreLoaded() {
    topic.put("v1", ModelStatus.CANDIDATE);
    topic.put("v2", ModelStatus.CANDIDATE);
    topic.put("v3", ModelStatus.CANDIDATE);
    start("voxtag.embedder.models.upcoming", "2");

    await().atMost(DEADLINE).until(() -> models.versions().size() == 3);
    assertThat(models.versions()).containsExactly("configured", "v3", "v2");
    topic.put("v4", ModelStatus.CANDIDATE);
    await().atMost(DEADLINE).until(() -> models.versions().contains("v4"));
    assertThat(models.versions()).containsExactly("configured", "v3", "v4");
    assertThat(store.loaded("v2").get(0).isClosed()).isTrue();
  }

  @Test
  void anotherBundleUnderTheSameNameIsLoadedInstead() {
    start();
    load("v2");

    topic.put("v2", ModelStatus.CANDIDATE, "another sha");

    await().atMost(DEADLINE).until(() -> store.loaded("v2").size() == 2);
    await().atMost(DEADLINE).until(() -> models.versions().contains("v2"));
    assertThat(store.loaded("v2")).extracting(FakeModel::isClosed).containsExactly(true, false);
  }

  @Test
  void atTheStartThePromotedVersionServesAndTheOneBeforeIsKeptForARollback() {
    topic.put("v1", ModelStatus.ACTIVE);
    topic.put("v2", ModelStatus.ACTIVE);
    store.fail("v2", 1);
    start();

    assertThat(models.activeVersion()).isEqualTo("v2");
    await().atMost(DEADLINE).until(() -> models.versions().equals(List.of("v2", "v1")));
    assertThat(lifecycle.problem()).isEmpty();
    topic.put("v1", ModelStatus.ACTIVE);
    assertThat(models.activeVersion()).isEqualTo("v1");
  }

  @Test
  void aPromotedVersionThatIsRefusedAtTheStartLeavesTheFormerInService() {
    topic.put("v1", ModelStatus.ACTIVE);
    topic.put("v2", ModelStatus.ACTIVE);
    store.refuse("v2", new UnsuitableModelException("not signed"));
    start();

    assertThat(models.activeVersion()).isEqualTo("v1");
    assertThat(lifecycle.problem())
        .hasValue("model v2 is promoted but cannot serve: not signed; v1 serves");
    assertThat(topic.current().isActive("v2")).isTrue();

    load("v3");
    topic.put("v3", ModelStatus.ACTIVE);
    assertThat(models.activeVersion()).isEqualTo("v3");
    assertThat(lifecycle.problem()).isEmpty();
  }

  @Test
  void whereTheFormerVersionIsRefusedTooTheConfiguredOneServes() {
    topic.put("v1", ModelStatus.RETIRED);
    topic.put("v2", ModelStatus.ACTIVE);
    store.refuse("v1", new UnsuitableModelException("not signed"));
    store.refuse("v2", new UnsuitableModelException("not signed"));
    start();

    assertThat(models.activeVersion()).isEqualTo("configured");
    assertThat(lifecycle.problem()).get().asString().endsWith("configured serves");
    assertThat(fatal).hasValue(null);
  }

  @Test
  void settingsOutOfRangeAreRefusedByTheirKeys() {
    start();
    for (String key : List.of("grace=PT-1S", "upcoming=0")) {
      String name = "voxtag.embedder.models." + key.split("=")[0];
      EmbedderSettings wrong = settings(Map.of(name, key.split("=")[1]));
      assertThatThrownBy(
              () ->
                  new ModelLifecycle(
                      wrong.models(),
                      topic::listen,
                      new ModelSupply(store, store::load),
                      models,
                      fatal::set))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name);
    }
  }

  private void start(String... setting) {
    EmbedderSettings settings =
        settings(setting.length == 0 ? Map.of() : Map.of(setting[0], setting[1]));
    lifecycle =
        new ModelLifecycle(
            settings.models(),
            topic::listen,
            new ModelSupply(store, store::load),
            models,
            fatal::set);
    try {
      lifecycle.loadFirst(() -> configured);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    lifecycle.start();
  }

  private void load(String... versions) {
    for (String version : versions) {
      topic.put(version, ModelStatus.CANDIDATE);
      await().atMost(DEADLINE).until(() -> models.versions().contains(version));
    }
  }

  private String rejection(String version) {
    await()
        .atMost(DEADLINE)
        .until(
            () ->
                topic.current().statusOf(version).filter(ModelStatus.REJECTED::equals).isPresent());
    return topic.current().named(version).map(ModelVersion::getDetail).orElseThrow();
  }

  private double backgroundWindows(String version) {
    return registry
        .get("voxtag.embedder.background.windows")
        .tag("model", version)
        .counter()
        .count();
  }

  private double activeGauges(String version) {
    return registry.get("voxtag.embedder.model.active").tag("model", version).gauge().value();
  }

  private static EmbedderSettings settings(Map<String, String> values) {
    return TestSettings.with(values);
  }
}
