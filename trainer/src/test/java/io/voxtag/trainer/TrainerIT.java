package io.voxtag.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.event.TrainingAction;
import io.voxtag.schemas.event.TrainingCommand;
import io.voxtag.schemas.event.TrainingEvent;
import io.voxtag.schemas.event.TrainingPhase;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One trainer that is given commands; nothing embeds or matches. */
class TrainerIT {

  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final int SPEAKERS = 10;
  private static final int ENDLESS = 10_000_000;

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();

  @TempDir static Path folder;

  private static final AtomicReference<Throwable> FATAL = new AtomicReference<>();
  private static TrainerFixture.Running running;

  private final String request = TestTopics.unique("request");
  private TopicReader<TrainingEvent> events;
  private TopicReader<ModelVersion> versions;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("data"));
    running = TrainerFixture.start(KAFKA.bootstrapServers(), folder, FATAL::set, Map.of());
    TrainerFixture.label(KAFKA.topics(), SPEAKERS);
  }

  @AfterAll
  static void stop() {
    running.close();
    assertThat(FATAL).hasValue(null);
  }

  @BeforeEach
  void read() {
    events = KAFKA.topics().read(Topics.TRAINING_EVENTS);
    versions = KAFKA.topics().read(Topics.MODEL_VERSIONS);
  }

  @AfterEach
  void theModelInServiceIsTheSameAndTheTrainerLives() {
    // Whatever became of the test, the next one finds a trainer that has time.
    cancel(request);
    List<ConsumerRecord<String, ModelVersion>> all = versions.toEnd();
    assertThat(all)
        .filteredOn(record -> record.value() != null)
        .filteredOn(record -> record.value().getStatus() == ModelStatus.ACTIVE)
        .extracting(ConsumerRecord::key)
        .hasSize(1);
    assertThat(running.trainer().isAlive()).isTrue();
    events.close();
    versions.close();
  }

  @Test
  void aCommandIsCarriedOutOnceHoweverOftenItComes() throws Exception {
    TrainingCommand command = TrainerFixture.command(request, TrainerFixture.config(3)).build();
    send(command);
    send(command);
    awaitPhase(request, TrainingPhase.PUBLISHED);
    send(command);
    // Commands are taken in their order: when this one is answered, the one before was.
    String last = TestTopics.unique("last");
    send(TrainerFixture.command(last, TrainerFixture.config(1)).build());
    awaitPhase(last, TrainingPhase.PUBLISHED);

    List<TrainingEvent> told = told(request);
    assertThat(told)
        .extracting(TrainingEvent::getPhase)
        .containsOnlyOnce(TrainingPhase.ACCEPTED, TrainingPhase.EVALUATING, TrainingPhase.PUBLISHED)
        .startsWith(TrainingPhase.ACCEPTED, TrainingPhase.RUNNING)
        .endsWith(TrainingPhase.EVALUATING, TrainingPhase.PUBLISHED);
    assertThat(told)
        .filteredOn(event -> event.getLoss() != null)
        .allSatisfy(event -> assertThat(event.getSamplesPerSecond()).isPositive());
    String version = told.get(0).getModelVersion();
    List<ConsumerRecord<String, ModelVersion>> states = versions.await(version, 1, DEADLINE);
    assertThat(states).hasSize(1);
    ModelVersion candidate = states.get(0).value();
    assertThat(candidate.getStatus()).isEqualTo(ModelStatus.CANDIDATE);
    assertThat(candidate.getMetrics()).containsKeys("eer.held-out", "eer.active.held-out");
    Path bundle =
        running.store().fetch(URI.create(candidate.getBundleUri()), candidate.getBundleSha256());
    assertThat(bundle.resolve("weights.safetensors")).isNotEmptyFile();
  }

  @Test
  void aRunIsCancelledWhileItWaitsAndWhileItRunsAndTheNextOneGoesOn() {
    String waiting = TestTopics.unique("waiting");
    send(TrainerFixture.command(request, TrainerFixture.config(ENDLESS)).build());
    send(TrainerFixture.command(waiting, TrainerFixture.config(ENDLESS)).build());
    awaitTrained(request);

    cancel(waiting);
    awaitPhase(waiting, TrainingPhase.CANCELLED);
    cancel(request);
    awaitPhase(request, TrainingPhase.CANCELLED);

    assertThat(told(waiting))
        .extracting(TrainingEvent::getPhase)
        .doesNotContain(TrainingPhase.RUNNING);
    String next = TestTopics.unique("next");
    send(TrainerFixture.command(next, TrainerFixture.config(1)).build());
    awaitPhase(next, TrainingPhase.PUBLISHED);
  }

  @Test
  void aRunBeginsAnewWithoutSomebodyWhoIsErasedMeanwhileAndKeepsNothingOfThem() throws Exception {
    // Some of them are held out, by their names: one who is trained on is looked for.
    for (int i = 0; i < 3; i++) {
      for (int sentence = 0; sentence < 2; sentence++) {
        TrainerFixture.label(KAFKA.topics(), "leaver-" + i, SPEAKERS + i, sentence);
      }
    }
    send(TrainerFixture.command(request, TrainerFixture.config(ENDLESS)).build());
    awaitTrained(request);
    String leaver = trainedOn("leaver-").get(0);
    int before = trainedOn("").size();

    KAFKA.topics().send(Topics.ENROLLMENTS, new EnrollmentKey(leaver, "any").encode(), null);

    await()
        .atMost(DEADLINE)
        // Files come and go while they are looked for.
        .ignoreExceptionsMatching(
            e -> e instanceof IOException || e instanceof UncheckedIOException)
        .until(() -> !trainedOn("").isEmpty() && !trainedOn("").contains(leaver));
    assertThat(trainedOn("")).hasSize(before - 2);
    cancel(request);
    awaitPhase(request, TrainingPhase.CANCELLED);
    try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .doesNotContain("train.txt");
    }
  }

  static Stream<Arguments> uselessCommands() {
    String good = TrainerFixture.config(1);
    return Stream.of(
        Arguments.of(
            change(command -> command.setConfig(good).setBaseVersion("no-such-model")),
            "no-such-model"),
        Arguments.of(change(command -> command.setConfig("- a\n- b\n")), "must be a map of keys"),
        Arguments.of(change(command -> command.setConfig("a: [")), "config: "),
        Arguments.of(
            change(command -> command.setConfig(good + "nonsense_conf: {a: 1}\n")),
            "nonsense_conf"),
        Arguments.of(
            change(
                command ->
                    command.setConfig(
                        good.replace("batch_size: 8", "batch_size: 8, train_list: /etc/passwd"))),
            "dataset_conf.train_list must not be there"),
        Arguments.of(
            change(
                command ->
                    command.setConfig(
                        good.replace("batch_size: 8", "batch_size: 8, noise_dir: ../../etc"))),
            "must be in the trainer's data folder"),
        Arguments.of(
            change(command -> command.setConfig(good).setSince(Instant.now())),
            "0 speakers with 0 utterances"));
  }

  private static Consumer<TrainingCommand.Builder> change(
      Consumer<TrainingCommand.Builder> change) {
    return change;
  }

  @ParameterizedTest
  @MethodSource("uselessCommands")
  void whatCannotBeTrainedIsRejectedWithTheReason(
      Consumer<TrainingCommand.Builder> change, String reason) {
    TrainingCommand.Builder command = TrainerFixture.command(request, null);
    change.accept(command);
    send(command.build());

    assertThat(awaitPhase(request, TrainingPhase.REJECTED).getDetail()).contains(reason);
  }

  @Test
  void aBaseWhoseBundleIsNotWhatWasAnnouncedIsRejectedWithTheReason() throws Exception {
    ModelVersion starter = awaitActive();
    String version = TestTopics.unique("damaged");
    KAFKA
        .topics()
        .send(
            Topics.MODEL_VERSIONS,
            version,
            ModelVersion.newBuilder(starter)
                .setVersion(version)
                .setStatus(ModelStatus.CANDIDATE)
                .setBundleSha256("0".repeat(64))
                .build());

    send(TrainerFixture.command(request, TrainerFixture.config(1)).setBaseVersion(version).build());

    assertThat(awaitPhase(request, TrainingPhase.REJECTED).getDetail()).contains("0".repeat(64));
    KAFKA.topics().send(Topics.MODEL_VERSIONS, version, null);
  }

  private ModelVersion awaitActive() {
    return versions
        .await(
            record -> record.value() != null && record.value().getStatus() == ModelStatus.ACTIVE,
            1,
            DEADLINE)
        .get(0)
        .value();
  }

  private static void send(TrainingCommand command) {
    KAFKA.topics().send(Topics.TRAINING_COMMANDS, command.getRequestId(), command);
  }

  private static void cancel(String request) {
    send(TrainerFixture.command(request, null).setAction(TrainingAction.CANCEL).build());
  }

  private TrainingEvent awaitPhase(String of, TrainingPhase phase) {
    return events
        .await(record -> record.key().equals(of) && record.value().getPhase() == phase, 1, DEADLINE)
        .get(0)
        .value();
  }

  private void awaitTrained(String of) {
    events.await(
        record -> record.key().equals(of) && record.value().getLoss() != null, 1, DEADLINE);
  }

  private List<TrainingEvent> told(String of) {
    return events.toEnd().stream()
        .filter(record -> record.key().equals(of))
        .map(ConsumerRecord::value)
        .toList();
  }

  /** The speakers of the recordings of the run that is under way, whose names begin so. */
  private static List<String> trainedOn(String prefix) throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      List<Path> lists =
          runs.map(run -> run.resolve("work").resolve("train.txt")).filter(Files::exists).toList();
      return lists.isEmpty()
          ? List.of()
          : Files.readAllLines(lists.get(0)).stream()
              .map(line -> line.substring(line.indexOf('\t') + 1))
              .filter(speaker -> speaker.startsWith(prefix))
              .toList();
    }
  }
}
