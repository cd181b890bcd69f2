package io.voxtag.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.schemas.speakers.LabelledUtterances;
import io.voxtag.standalone.client.Clip;
import io.voxtag.standalone.client.Clips;
import io.voxtag.standalone.runtime.RunningInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A system that knows eight voices well is given recordings of twenty more people, retrains, and
 * moves to the new model while calls go on.
 */
class RetrainIT {

  private static final Path DATA =
      Path.of("..", "..", "shared", "data").toAbsolutePath().normalize();
  private static final String PEOPLE = "so-";
  private static final int BASE_SPEAKERS = 8;
  private static final int LABELLED_SPEAKERS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NETWORK =
      """
      preprocess_conf: {feature_method: Fbank, method_args: {num_mel_bins: 80}}
      use_model: EcapaTdnn
      model_conf:
        {channels: [96, 96, 96, 96, 288], embd_dim: 96, attention_channels: 32, se_channels: 32,
         padding_mode: zeros}
      loss_conf: {loss: AAMLoss, margin: 0.2, scale: 32}
      discriminant_conf: {crop_duration: 2.5, statistics_batches: 4, passes: 3, shrinkage: 0.1}
      train_conf: {max_steps: 0, seed: 3, num_workers: 1}
      """;

  @TempDir private Path folder;

  @BeforeAll
  static void needsRealSpeech() {
    Assumptions.assumeTrue(Files.isDirectory(DATA), "skipped: no recordings of people in " + DATA);
  }

  /** A window of a leg. */
  private record Window(String call, long index) {}

  @Test
  void callsMoveToABetterModelAndBackAndNothingIsLostOnTheWay()
      throws IOException, InterruptedException {
    List<Path> people = trainingPeople();
    Path base = baseModel(people.subList(0, BASE_SPEAKERS));
    String trained;
    try (Voxtag up = up(base)) {
      Path caller = DATA.resolve("dev").resolve("so-2355");
      run("enroll", "so-2355", file(caller, 0)).exitsWith(0);
      label(people.subList(BASE_SPEAKERS, BASE_SPEAKERS + LABELLED_SPEAKERS));

      call(caller, "before");
      try (Voxtag retrain = start("retrain", "--config", retraining(), "--timeout", "170")) {
        int number = 0;
        while (!statuses().containsValue("RETIRED")) {
          call(caller, "during-" + number++);
        }
        assertThat(retrain.await(PATIENCE).exitsWith(0).out()).contains("published");
      }
      Map<String, String> statuses = statuses();
      trained = named("ACTIVE", statuses);
      assertThat(named("RETIRED", statuses)).isEqualTo("base-1");
      call(caller, "after");

      run("models", "rollback").exitsWith(0);
      assertThat(named("ACTIVE", statuses())).isEqualTo("base-1");
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> call(caller, "back-" + System.nanoTime()).contains("base-1"));
      run("models", "promote", trained).exitsWith(0);

      everyWindowIsThereOnceAndAsItsModelSaysIt(trained);
      up.interrupt();
    }
  }

  private void everyWindowIsThereOnceAndAsItsModelSaysIt(String trained)
      throws IOException, InterruptedException {
    Map<Window, JsonNode> tags = new LinkedHashMap<>();
    for (JsonNode tag : tags()) {
      JsonNode before =
          tags.put(new Window(tag.get("callId").asText(), tag.get("windowIndex").asLong()), tag);
      assertThat(before).as("another tag of the same window").isNull();
    }
    Map<String, List<JsonNode>> calls =
        tags.values().stream()
            .collect(
                Collectors.groupingBy(
                    tag -> tag.get("callId").asText(), TreeMap::new, Collectors.toList()));
    Map<String, String> statements = new HashMap<>();
    calls.forEach(
        (call, windows) -> {
          assertThat(windows.stream().map(tag -> tag.get("windowIndex").asLong()))
              .as(call)
              .containsExactlyElementsOf(
                  Stream.iterate(0L, i -> i + 1).limit(windows.size()).toList());
          assertThat(windows.get(windows.size() - 1).get("last").asBoolean()).as(call).isTrue();
          Set<String> versions = new TreeSet<>();
          windows.forEach(tag -> versions.add(tag.get("modelVersion").asText()));
          if (versions.size() == 1) {
            // The same recording under the same model: whatever else went on makes no difference.
            String said = windows.stream().map(RetrainIT::statement).collect(Collectors.joining());
            String version = versions.iterator().next();
            assertThat(statements.merge(version, said, (first, other) -> first))
                .as(call)
                .isEqualTo(said);
          }
        });
    assertThat(statements).containsOnlyKeys("base-1", trained);
  }

  private static String statement(JsonNode tag) {
    return "%s %s %s %.3f; "
        .formatted(
            tag.get("state").asText(),
            tag.get("stage").asText(),
            tag.get("speakerId").asText(),
            tag.get("score").asDouble());
  }

  private List<Path> trainingPeople() throws IOException {
    try (Stream<Path> folders = Files.list(DATA.resolve("train"))) {
      return folders
          .filter(person -> person.getFileName().toString().startsWith(PEOPLE))
          .sorted()
          .toList();
    }
  }

  private Path baseModel(List<Path> people) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (Path person : people) {
      for (Path recording : recordings(person)) {
        lines.add(recording + "\t" + person.getFileName());
      }
    }
    Path list = Files.write(folder.resolve("base.txt"), lines);
    Path config =
        Files.writeString(
            folder.resolve("base.yml"),
            "dataset_conf: {train_list: '%s', batch_size: 16, drop_last: false}%n%s"
                .formatted(list, NETWORK));
    Path network = folder.resolve("network");
    Path base = folder.resolve("base");
    Voxtag.run(
            folder,
            "train",
            "--config",
            config.toString(),
            "--run",
            folder.resolve("run").toString(),
            "--bundle",
            network.toString(),
            "--model-version",
            "base-1")
        .exitsWith(0);
    Voxtag.run(
            folder,
            "calibrate",
            "--model",
            network.toString(),
            "--trials",
            DATA.resolve("trials/so.txt").toString(),
            "--root",
            DATA.toString(),
            "--output",
            base.toString())
        .exitsWith(0);
    return base;
  }

  private String retraining() throws IOException {
    Path config = folder.resolve("retrain.yml");
    Files.writeString(config, "dataset_conf: {batch_size: 16, drop_last: false}\n" + NETWORK);
    return config.toString();
  }

  private static List<Path> recordings(Path person) throws IOException {
    try (Stream<Path> files = Files.list(person)) {
      return files.sorted().toList();
    }
  }

  private static String file(Path person, int number) throws IOException {
    return recordings(person).get(number).toString();
  }

  private void label(List<Path> people) throws IOException {
    RunningInstance instance = RunningInstance.on(Path.of(data())).orElseThrow();
    Consent consent =
        Consent.newBuilder()
            .setBasis("published for research")
            .setReference(null)
            .setGivenAt(Instant.EPOCH)
            .build();
    try (LabelledUtterances labelled =
        new LabelledUtterances(KafkaConnection.to(instance.kafka()))) {
      for (Path person : people) {
        for (Path recording : recordings(person)) {
          for (Clip clip : Clips.of(recording, null)) {
            labelled.publish(
                new EnrollmentKey(person.getFileName().toString(), clip.utteranceId()),
                clip.audio(),
                new LabelledUtterances.Origin("archive", consent, Instant.EPOCH));
          }
        }
      }
    }
  }

  /** Streams a recording as a call, waits for its last tag and answers the versions in it. */
  private Set<String> call(Path caller, String name) throws IOException, InterruptedException {
    run("stream", file(caller, 3), "--call", name).exitsWith(0);
    Set<String> versions = new TreeSet<>();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              List<JsonNode> own = new ArrayList<>(tags());
              own.removeIf(tag -> !tag.get("callId").asText().equals(name));
              own.forEach(tag -> versions.add(tag.get("modelVersion").asText()));
              return own.stream().anyMatch(tag -> tag.get("last").asBoolean());
            });
    return versions;
  }

  private List<JsonNode> tags() throws IOException, InterruptedException {
    return json("tags", "--json", "--from-beginning", "--no-follow");
  }

  private Map<String, String> statuses() throws IOException, InterruptedException {
    Map<String, String> statuses = new LinkedHashMap<>();
    for (JsonNode version : json("models", "list", "--json")) {
      statuses.put(version.get("version").asText(), version.get("status").asText());
    }
    return statuses;
  }

  private static String named(String status, Map<String, String> statuses) {
    List<String> names =
        statuses.entrySet().stream()
            .filter(entry -> entry.getValue().equals(status))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(names).as("%s of %s", status, statuses).hasSize(1);
    return names.get(0);
  }

  private List<JsonNode> json(String... words) throws IOException, InterruptedException {
    List<JsonNode> values = new ArrayList<>();
    for (String line : run(words).exitsWith(0).lines()) {
      values.add(JSON.readTree(line));
    }
    return values;
  }

  private Voxtag up(Path model) throws IOException {
    return Voxtag.start(
            folder,
            "up",
            "--model",
            model.toString(),
            "--data",
            data(),
            "--port",
            "0",
            "--kafka-port",
            "0")
        .awaitOutput("Voxtag is up");
  }

  private Voxtag start(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of("--data", data()));
    return Voxtag.start(folder, command.toArray(String[]::new));
  }

  private Voxtag.Result run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of("--data", data()));
    return Voxtag.run(folder, command.toArray(String[]::new));
  }

  private String data() {
    return folder.resolve("data").toString();
  }
}
