package io.voxtag.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.evaluation.SpeakerList.Entry;
import io.voxtag.scoring.IdentificationMetrics;
import io.voxtag.scoring.InvalidTrialsException;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.scoring.ScoreNormProfile.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenSetTest {

  private static final int DIMENSION = 24;

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, float[]> voices = new HashMap<>();

  @Test
  void voicesThatAreAllDifferentAreNeverMistaken() {
    // given: 24 speakers, each an axis of its own
    for (int speaker = 0; speaker < DIMENSION; speaker++) {
      add(speaker, null, axis(speaker));
      add(speaker, null, axis(speaker));
      add(speaker, null, axis(speaker));
    }
    OpenSet set = openSet();

    // when
    Map<Integer, IdentificationMetrics> rates = set.run(Method.NONE, set.sizes(), 4, 1);

    // then: of each enrolled speaker two recordings are left, of each other one all three
    assertThat(rates).containsOnlyKeys(5, 10, 12);
    assertThat(rates.get(5).mated()).isEqualTo(4 * 5 * 2);
    assertThat(rates.get(12).mated()).isEqualTo(4 * 12 * 2);
    assertThat(rates.get(5).nonMated()).isEqualTo(4 * 12 * 3);
    assertThat(rates.get(12).rankOne()).isEqualTo(1);
    assertThat(rates.get(12).atFpir(0.01).fnir()).isZero();
    assertThat(rates.get(12).at(0.5).fpir()).isZero();
  }

  @Test
  void aStrangerLikeOneOfTheGalleryIsAFalsePositiveMoreOftenTheLargerItIs() {
    // given: each speaker is like two others
    for (int speaker = 0; speaker < DIMENSION; speaker++) {
      add(speaker, null, axis(speaker / 3));
      add(speaker, null, axis(speaker / 3));
    }
    OpenSet set = openSet();

    // when
    Map<Integer, IdentificationMetrics> rates = set.run(Method.NONE, List.of(2, 12), 50, 1);

    // then
    assertThat(rates.get(2).at(0.5).fpir()).isBetween(0.1, 0.25);
    assertThat(rates.get(12).at(0.5).fpir()).isBetween(0.7, 0.95);
  }

  @Test
  void theSameSeedGivesTheSameSplits() {
    for (int speaker = 0; speaker < 10; speaker++) {
      add(speaker, null, axis(speaker / 2));
      add(speaker, null, axis(speaker / 2));
    }
    OpenSet set = openSet();

    double first = set.run(Method.NONE, List.of(5), 3, 7).get(5).at(0.5).fpir();

    assertThat(set.run(Method.NONE, List.of(5), 3, 7).get(5).at(0.5).fpir()).isEqualTo(first);
  }

  @Test
  void recordingsOfTheSessionThatWasEnrolledAreNotSearchedFor() {
    for (int speaker = 0; speaker < 4; speaker++) {
      add(speaker, "call-" + speaker, axis(speaker));
      add(speaker, "call-" + speaker, axis(speaker));
    }

    assertThatThrownBy(() -> openSet().run(Method.NONE, List.of(2), 3, 1))
        .isInstanceOf(InvalidTrialsException.class)
        .hasMessageContaining("there are 0 and 12");
  }

  @Test
  void aGalleryThatTheListCannotFillIsRefused() {
    add(0, null, axis(0));
    add(1, null, axis(1));

    assertThatThrownBy(() -> openSet().run(Method.NONE, List.of(2), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a gallery of 2 speakers; the list has 2 speakers");
  }

  private OpenSet openSet() {
    return new OpenSet(entries, voices, voices, ScoreNorm.NONE);
  }

  private void add(int speaker, @Nullable String session, float[] voice) {
    String recording = "recording-" + entries.size();
    entries.add(new Entry(entries.size() + 1, recording, "speaker-" + speaker, session));
    voices.put(recording, voice);
  }

  private static float[] axis(int place) {
    float[] vector = new float[DIMENSION];
    vector[place] = 1;
    return vector;
  }
}
