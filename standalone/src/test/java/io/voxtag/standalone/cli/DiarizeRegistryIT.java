package io.voxtag.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.evaluation.ModelEmbedder;
import io.voxtag.matcher.registry.RegistryConnection;
import io.voxtag.matcher.registry.RegistryWriter;
import io.voxtag.matcher.registry.SpeakerRegistry;
import io.voxtag.matcher.registry.UtteranceMetadata;
import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.scoring.diarization.DiarizationError;
import io.voxtag.scoring.diarization.Rttm;
import io.voxtag.scoring.diarization.Segment;
import io.voxtag.standalone.demo.Truth;
import io.voxtag.standalone.runtime.RunningInstance;
import io.voxtag.testkit.RedisResource;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.SpeakerModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** {@code voxtag diarize} with the voices that are enrolled in a registry. */
class DiarizeRegistryIT {

  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Path MODEL = Path.of("..", "models", "starter");
  private static final String CALL = "desk-order";
  private static final Pattern TURN =
      Pattern.compile(" +(\\d+:\\d\\d\\.\\d\\d) +(\\d+:\\d\\d\\.\\d\\d)  (\\S+) +([01]\\.\\d\\d)");

  @RegisterExtension static final RedisResource REDIS = RedisResource.own();

  private static String version = "";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void enrollVoices() throws IOException {
    try (SpeakerModel model = SpeakerModel.load(MODEL, DeviceChoice.CPU);
        RegistryConnection redis = RegistryConnection.to(URI.create(REDIS.url()))) {
      version = model.manifest().version();
      ModelEmbedder embedder = new ModelEmbedder(model);
      RegistryWriter writer = new RegistryWriter(redis);
      for (String speaker : List.of("alma", "bruno", "edith", "farid", "gita")) {
        for (String utterance : List.of("1", "2")) {
          Path recording = SAMPLES.resolve("enrolment/" + speaker + "/" + utterance + ".opus");
          put(writer, key(speaker, utterance), embedder.embed(recording));
        }
      }
      // Vectors of another model are not compared with those of this one.
      float[] alma = embedder.embed(SAMPLES.resolve("enrolment/alma/3.opus"));
      put(writer, new EnrollmentEmbeddingKey("impostor", "1", "another-model"), alma);
    }
  }

  private static void put(RegistryWriter writer, EnrollmentEmbeddingKey key, float[] vector) {
    writer.put(key, vector, new UtteranceMetadata("contract", null, 1000, 8000, 20, 2000));
  }

  private static EnrollmentEmbeddingKey key(String speaker, String utterance) {
    return new EnrollmentEmbeddingKey(speaker, utterance, version);
  }

  @Test
  void theTableAndTheRttmNameWhoIsEnrolledAtTheTimesOfTheCall() throws IOException {
    // given
    Path rttm = folder.resolve("found.rttm");

    // when
    int exitCode = diarize("--redis", REDIS.url(), "--rttm", rttm.toString());

    // then
    assertThat(exitCode).as(err.toString()).isZero();
    List<Segment> found =
        Rttm.parse("found", Files.readAllLines(rttm)).stream().map(Rttm.Entry::segment).toList();
    assertThat(found).extracting(Segment::speaker).containsOnly("alma", "bruno");
    for (Segment said : truth()) {
      assertThat(spokenMs(found, said))
          .as("of %s", said)
          .isGreaterThan((long) (0.8 * said.durationMs()));
    }
    assertThat(DiarizationError.of(truth(), found, DiarizationError.COLLAR_MS).rate())
        .isLessThan(0.05);
    List<Segment> table = table();
    assertThat(table).hasSameSizeAs(found);
    for (int i = 0; i < table.size(); i++) {
      assertThat(table.get(i).speaker()).isEqualTo(found.get(i).speaker());
      assertThat(table.get(i).startMs()).isCloseTo(found.get(i).startMs(), within(10L));
      assertThat(table.get(i).endMs()).isCloseTo(found.get(i).endMs(), within(10L));
    }
    assertThat(out.toString())
        .containsPattern("alma: 0:\\d\\d\\.\\d\\d of speech, score \\d")
        .doesNotContain("speaker-1")
        .doesNotContain("impostor");
  }

  @Test
  void aVoxtagThatRunsOnTheDataFolderLendsItsRegistry() throws IOException {
    // given
    RunningInstance running =
        new RunningInstance(
            ProcessHandle.current().pid(), "localhost:1", REDIS.url(), "http://localhost:1");
    Files.createDirectory(folder.resolve("data"));
    new ObjectMapper().writeValue(folder.resolve("data/running.json").toFile(), running);
    Path rttm = folder.resolve("found.rttm");

    // when: each leg of the call by itself
    int exitCode = diarize("--per-channel", "--rttm", rttm.toString());

    // then
    assertThat(exitCode).as(err.toString()).isZero();
    for (Rttm.Entry entry : Rttm.parse("found", Files.readAllLines(rttm))) {
      assertThat(entry.recording()).isEqualTo(CALL);
      assertThat(entry.segment().speaker()).isEqualTo(entry.channel() == 1 ? "bruno" : "alma");
    }
    assertThat(out.toString()).contains("channel 0").contains("channel 1");
  }

  @Test
  void whoIsNoLongerEnrolledIsAStranger() throws IOException {
    try (RegistryConnection redis = RegistryConnection.to(URI.create(REDIS.url()))) {
      // given
      RegistryWriter writer = new RegistryWriter(redis);
      float[] bruno = new SpeakerRegistry(redis).voiceprints(version).get("bruno");
      assertThat(writer.erase(key("bruno", "1"))).isTrue();
      assertThat(writer.erase(key("bruno", "2"))).isTrue();
      try {
        // when
        int exitCode = diarize("--redis", REDIS.url());

        // then
        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(table()).extracting(Segment::speaker).containsOnly("alma", "speaker-1");
        assertThat(out.toString()).containsPattern("speaker-1: .*, nearest enrolled voice ");
      } finally {
        put(writer, key("bruno", "1"), bruno);
        put(writer, key("bruno", "2"), bruno);
      }
    }
  }

  @Test
  void aRegistryThatIsNotThereIsNamed() {
    assertThat(diarize("--redis", "localhost:1")).isEqualTo(ExitCodes.UNAVAILABLE);

    assertThat(err.toString()).contains("localhost:1");
    assertThat(out.toString()).isEmpty();
  }

  /** How long a speaker is found within what the speaker says. */
  private static long spokenMs(List<Segment> found, Segment said) {
    return found.stream()
        .filter(segment -> segment.speaker().equals(said.speaker()))
        .mapToLong(
            segment ->
                Math.max(
                    0,
                    Math.min(segment.endMs(), said.endMs())
                        - Math.max(segment.startMs(), said.startMs())))
        .sum();
  }

  private static List<Segment> truth() throws IOException {
    return Truth.read(SAMPLES.resolve("calls/truth.tsv")).stretches().stream()
        .filter(stretch -> stretch.call().equals(CALL))
        .map(stretch -> new Segment(stretch.startMs(), stretch.endMs(), stretch.speaker()))
        .toList();
  }

  private List<Segment> table() {
    List<Segment> turns = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      Matcher turn = TURN.matcher(line);
      if (turn.matches()) {
        turns.add(new Segment(ms(turn.group(1)), ms(turn.group(2)), turn.group(3)));
      }
    }
    return turns;
  }

  private static long ms(String clock) {
    String[] parts = clock.split(":", -1);
    return Long.parseLong(parts[0]) * 60_000 + Math.round(Double.parseDouble(parts[1]) * 1000);
  }

  private int diarize(String... options) {
    List<String> words = new ArrayList<>();
    words.add("diarize");
    words.add(SAMPLES.resolve("calls").resolve(CALL + ".wav").toString());
    words.addAll(List.of("--model", MODEL.toString(), "--data", folder.resolve("data").toString()));
    words.addAll(List.of(options));
    return CommandLines.create(new PrintWriter(out, true), new PrintWriter(err, true), Ansi.OFF)
        .execute(words.toArray(String[]::new));
  }
}
