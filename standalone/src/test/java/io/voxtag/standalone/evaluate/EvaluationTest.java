package io.voxtag.standalone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.scoring.VerificationMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {

  private static final Map<String, float[]> VOICES =
      Map.of("a.wav", new float[] {1, 0}, "b.wav", new float[] {0, 1}, "c.wav", new float[] {1, 0});

  @TempDir private Path folder;

  private final List<Path> asked = new ArrayList<>();

  private float[] embed(Path file) throws IOException {
    asked.add(file);
    float[] vector = VOICES.get(file.getFileName().toString());
    if (vector == null) {
      throw new NoSuchFileException(file.toString());
    }
    return vector;
  }

  @Test
  void trialsOfTwoRecordingsAreScoredByCosine() throws IOException {
    TrialList list = TrialList.read(write("t", "1 a.wav c.wav", "", "0 a.wav b.wav"));

    VerificationMetrics metrics = evaluation().run(list);

    assertThat(metrics.targets()).isEqualTo(1);
    assertThat(metrics.nonTargets()).isEqualTo(1);
    assertThat(metrics.equalErrorRate().rate()).isZero();
    assertThat(metrics.equalErrorRate().threshold()).isZero();
  }

  @Test
  void eachRecordingIsEmbeddedOnce() throws IOException {
    TrialList list = TrialList.read(write("t", "1 a.wav c.wav", "0 a.wav b.wav", "0 b.wav c.wav"));

    evaluation().run(list);

    assertThat(asked).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void aModelIsTheMeanOfItsRecordings() throws IOException {
    Path enrolments = write("e", "ann\ta.wav b.wav", "unused\tnowhere.wav");
    TrialList list = TrialList.read(write("t", "1 ann c.wav", "0 ann b.wav"), enrolments);

    VerificationMetrics metrics = evaluation().run(list);

    assertThat(metrics.equalErrorRate().threshold()).isEqualTo(Math.sqrt(0.5), within(1e-6));
  }

  @Test
  void aRecordingThatCannotBeReadIsNamedWithItsTrial() throws IOException {
    TrialList list = TrialList.read(write("t", "1 a.wav c.wav", "0 a.wav missing.wav"));

    assertThatThrownBy(() -> evaluation().run(list))
        .isInstanceOf(TrialAudioException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("missing.wav: no such file");
  }

  @Test
  void aMalformedLineIsNamed() throws IOException {
    Path file = write("t", "1 a.wav c.wav", "2 a.wav b.wav");

    assertThatThrownBy(() -> TrialList.read(file))
        .isInstanceOf(TrialListException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("2 a.wav b.wav");
  }

  @Test
  void aTrialWithAModelThatNobodyEnrolledIsNamed() throws IOException {
    Path enrolments = write("e", "ann\ta.wav");
    Path file = write("t", "1 ann c.wav", "0 ben c.wav");

    assertThatThrownBy(() -> TrialList.read(file, enrolments))
        .isInstanceOf(TrialListException.class)
        .hasMessageContaining("line 2: no model ben");
  }

  @Test
  void aListWithoutTrialsIsRefused() throws IOException {
    Path file = write("t", "", " ");

    assertThatThrownBy(() -> TrialList.read(file)).hasMessageContaining("no trials");
  }

  private Evaluation evaluation() {
    return new Evaluation(this::embed, folder, (done, all) -> {});
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }
}
