package io.voxtag.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.audio.AudioFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real speech through the whole system: people are enrolled from one recording of theirs, and their
 * other recordings are played as calls at live speed. The report is printed and kept in {@code
 * target/real-speech.txt}.
 */
class RealSpeechIT {

  private static final Path SPEECH =
      Path.of(System.getProperty("voxtag.shared", "../../shared"), "data", "dev");
  private static final String SPEAKERS = "libri-";
  private static final Path REPORT = Path.of("target", "real-speech.txt");
  // Far below what the starter model reaches, far above guessing among ten.
  private static final double LEAST_ACCURACY = 0.5;

  @TempDir private Path folder;

  @BeforeAll
  static void needsSpeechAndAModel() {
    Assumptions.assumeTrue(
        Files.isDirectory(SPEECH), "skipped: no recordings of real speech in " + SPEECH);
    StarterModel.required();
  }

  @Test
  void peopleAreRecognisedOnCallsFromOneRecording() throws IOException, InterruptedException {
    int calls = layOut(folder);

    Voxtag.Result result =
        Voxtag.run(folder, "demo", "--samples", folder.toString(), "--at-once", "10", "--json");

    Files.writeString(REPORT, result.out());
    System.out.println(result.out());
    assertThat(result.exitCode()).as(result.err()).isIn(0, 1);
    JsonNode summary = new ObjectMapper().readTree(result.lastLine());
    assertThat(summary.get("calls").asInt()).isEqualTo(calls);
    assertThat(summary.get("accuracy").asDouble()).isGreaterThan(LEAST_ACCURACY);
  }

  /**
   * Makes a folder of samples: the first recording of each speaker enrols, the others are calls.
   */
  private static int layOut(Path target) throws IOException {
    Path calls = Files.createDirectories(target.resolve("calls"));
    List<String> truth = new ArrayList<>(List.of("call\tchannel\tstart_ms\tend_ms\tspeaker"));
    for (Path speaker : list(SPEECH)) {
      String name = speaker.getFileName().toString();
      if (!name.startsWith(SPEAKERS)) {
        continue;
      }
      List<Path> recordings = list(speaker);
      Path enrolment = Files.createDirectories(target.resolve("enrolment").resolve(name));
      Files.copy(recordings.get(0), enrolment.resolve(recordings.get(0).getFileName()));
      for (Path recording : recordings.subList(1, recordings.size())) {
        String file = name + "." + recording.getFileName();
        Files.copy(recording, calls.resolve(file));
        truth.add(
            "%s\t0\t0\t%d\t%s"
                .formatted(
                    file.replaceFirst("\\.[^.]*$", ""),
                    AudioFiles.read(recording).duration().toMillis(),
                    name));
      }
    }
    Files.write(calls.resolve("truth.tsv"), truth);
    return truth.size() - 1;
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }
}
