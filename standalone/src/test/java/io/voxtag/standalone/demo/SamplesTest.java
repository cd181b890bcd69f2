package io.voxtag.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {

  private static final Path FOLDER = Path.of("../samples");

  @Test
  void everySampleCallHasTwoLegsThatCoverItsTruth() throws IOException {
    Samples samples = Samples.read(FOLDER);

    assertThat(samples.calls()).hasSizeGreaterThanOrEqualTo(4);
    for (Map.Entry<String, List<Path>> call : samples.calls().entrySet()) {
      int legs = 0;
      double seconds = Double.MAX_VALUE;
      for (Path file : call.getValue()) {
        Recording recording = AudioFiles.read(file);
        legs += recording.channelCount();
        seconds = Math.min(seconds, (double) recording.frames() / recording.sampleRate());
      }
      assertThat(legs).as("legs of %s", call.getKey()).isEqualTo(2);
      assertThat(lastEndMs(samples, call.getKey()))
          .as("end of speech in %s", call.getKey())
          .isBetween(30_000L, Math.round(1000 * seconds));
    }
  }

  @Test
  void atLeastSixSpeakersAreEnrolledAndOneOnTheCallsIsNot() throws IOException {
    Samples samples = Samples.read(FOLDER);

    assertThat(samples.enrolment()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(
            samples.truth().stretches().stream()
                .map(Truth.Stretch::speaker)
                .filter(speaker -> !samples.enrolment().containsKey(speaker))
                .collect(Collectors.toSet()))
        .hasSize(1);
  }

  @Test
  void someCallsAreMuLawAtEightKilohertz() throws IOException {
    Samples samples = Samples.read(FOLDER);
    int narrow = 0;
    for (List<Path> files : samples.calls().values()) {
      narrow += AudioFiles.read(files.get(0)).sampleRate() == 8000 ? 1 : 0;
    }

    assertThat(narrow).isPositive().isLessThan(samples.calls().size());
  }

  @Test
  void aFolderWithoutSamplesIsNamed(@TempDir Path empty) {
    assertThatThrownBy(() -> Samples.read(empty))
        .isInstanceOf(SampleException.class)
        .hasMessageContaining(empty.toString());
  }

  private static long lastEndMs(Samples samples, String call) {
    return samples.truth().stretches().stream()
        .filter(stretch -> stretch.call().equals(call))
        .mapToLong(Truth.Stretch::endMs)
        .max()
        .orElseThrow();
  }
}
