package io.voxtag.standalone.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrialDrawTest {

  @Test
  void drawsAsManyPairsOfOneSpeakerAsOfTwoAndNoneTwice() {
    List<TrialDraw.Pair> pairs = TrialDraw.draw(voices(5, 6), 40, 7);

    assertThat(pairs).hasSize(80);
    assertThat(pairs.stream().filter(TrialDraw.Pair::same)).hasSize(40);
    Set<Set<Path>> seen = new HashSet<>();
    for (TrialDraw.Pair pair : pairs) {
      assertThat(pair.first().speaker().equals(pair.second().speaker())).isEqualTo(pair.same());
      assertThat(seen.add(Set.of(pair.first().file(), pair.second().file()))).isTrue();
    }
    Map<String, Long> bySpeaker =
        pairs.stream()
            .filter(TrialDraw.Pair::same)
            .collect(Collectors.groupingBy(p -> p.first().speaker(), Collectors.counting()));
    assertThat(bySpeaker.values()).containsOnly(8L);
  }

  @Test
  void drawsFewerWhereThereAreNotAsMany() {
    assertThat(TrialDraw.draw(voices(3, 2), 1_000, 7)).hasSize(6);
  }

  @Test
  void equalSeedsDrawTheSame() {
    assertThat(TrialDraw.draw(voices(5, 6), 20, 3)).isEqualTo(TrialDraw.draw(voices(5, 6), 20, 3));
    assertThat(TrialDraw.draw(voices(5, 6), 20, 3))
        .isNotEqualTo(TrialDraw.draw(voices(5, 6), 20, 4));
  }

  @Test
  void saysWhatTrialsNeed() {
    assertThatThrownBy(() -> TrialDraw.draw(voices(1, 4), 5, 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("two speakers");
    assertThatThrownBy(() -> TrialDraw.draw(voices(4, 1), 5, 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("two recordings");
  }

  private static List<Dataset.Utterance> voices(int speakers, int each) {
    List<Dataset.Utterance> all = new ArrayList<>();
    for (int s = 0; s < speakers; s++) {
      for (int i = 0; i < each; i++) {
        all.add(new Dataset.Utterance(Path.of("s" + s, i + ".wav"), "s" + s, 2));
      }
    }
    return all;
  }
}
