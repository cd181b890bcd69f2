package io.voxtag.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.scoring.AsNorm;
import io.voxtag.scoring.ScoreNorm;
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

    VerificationMetrics metrics = evaluation().run(list).cosines();

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

    VerificationMetrics metrics = evaluation().run(list).cosines();

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

  @Test
  void scoresAreNormalisedWhereThereIsACohort() throws IOException {
    TrialList list = TrialList.read(write("t", "1 a.wav c.wav", "0 a.wav b.wav"));
    // Cosines with a and c: 0.6 and 0.8; with b: 0.8 and 0.6. Mean 0.7, deviation 0.1.
    ScoreNorm norm = new AsNorm(List.of(new float[] {0.6f, 0.8f}, new float[] {0.8f, 0.6f}), 2);

    ScoredTrials scored = evaluation(norm).run(list);

    VerificationMetrics normalised = scored.normalised().orElseThrow();
    assertThat(normalised.at(2.99).tpr()).isEqualTo(1);
    assertThat(normalised.at(3.01).tpr()).isZero();
    assertThat(normalised.equalErrorRate().threshold()).isEqualTo(-7, within(1e-4));
    assertThat(evaluation().run(list).normalised()).isEmpty();
  }

  @Test
  void allPairsOfAListAreTrialsButThoseOfOneSession() throws IOException {
    SpeakerList list =
        SpeakerList.read(write("l", "a.wav\tann\tmonday", "c.wav\tann", "b.wav\tben\tmonday"));

    ScoredTrials scored = evaluation().run(list);

    assertThat(scored.cosines().targets()).isEqualTo(1);
    assertThat(scored.cosines().nonTargets()).isEqualTo(1);
    assertThat(scored.effort().comparisons()).isEqualTo(2);
    assertThat(scored.leftOut()).isEqualTo(1);
    assertThat(scored.cosines().equalErrorRate().threshold()).isZero();
  }

  @Test
  void aRecordingOfAListThatCannotBeReadIsNamedWithItsLine() throws IOException {
    SpeakerList list = SpeakerList.read(write("l", "a.wav\tann", "missing.wav\tben"));

    assertThatThrownBy(() -> evaluation().run(list))
        .isInstanceOf(TrialAudioException.class)
        .hasMessageContaining("line 2 (missing.wav ben)")
        .hasMessageContaining("no such file");
  }

  @Test
  void aListOfRecordingsWithAWrongLineIsRefused() throws IOException {
    Path space = write("space", "a.wav\tann", "b.wav ben");
    Path twice = write("twice", "a.wav\tann", "a.wav\tben");

    assertThatThrownBy(() -> SpeakerList.read(space)).hasMessageContaining("line 2");
    assertThatThrownBy(() -> SpeakerList.read(twice)).hasMessageContaining("listed twice");
    assertThatThrownBy(() -> SpeakerList.read(write("empty", "")))
        .hasMessageContaining("no recordings");
  }

  @Test
  void trialsOfRecordingsWithTooLittleSpeechAreLeftOutAndCounted() throws IOException {
    TrialList list =
        TrialList.read(write("t", "1 a.wav c.wav", "0 a.wav b.wav", "1 a.wav short.wav"));
    FileEmbedder cut =
        file -> {
          if (file.endsWith("short.wav")) {
            throw new TooLittleSpeechException("short.wav", 0.5, 2);
          }
          return embed(file);
        };

    ScoredTrials scored =
        new Evaluation(this::embed, cut, folder, ScoreNorm.NONE, (done, all) -> {}).run(list);

    assertThat(scored.leftOut()).isEqualTo(1);
    assertThat(scored.cosines().targets()).isEqualTo(1);
  }

  private Evaluation evaluation() {
    return evaluation(ScoreNorm.NONE);
  }

  private Evaluation evaluation(ScoreNorm norm) {
    return new Evaluation(this::embed, folder, norm, (done, all) -> {});
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }
}
