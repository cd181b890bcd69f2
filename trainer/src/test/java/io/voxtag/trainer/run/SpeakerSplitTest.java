package io.voxtag.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SpeakerSplitTest {

  private static List<Recording> recordings(int speakers, int each) {
    List<Recording> recordings = new ArrayList<>();
    for (int speaker = 0; speaker < speakers; speaker++) {
      for (int i = 0; i < each; i++) {
        recordings.add(
            new Recording("speaker-" + speaker, Path.of(speaker + "-" + i + ".flac"), "test"));
      }
    }
    return recordings;
  }

  private static Set<String> speakers(List<Recording> recordings) {
    return recordings.stream().map(Recording::speaker).collect(Collectors.toSet());
  }

  @Test
  void nobodyIsOnBothSides() {
    SpeakerSplit split = SpeakerSplit.of(recordings(500, 3), 0.2);

    assertThat(speakers(split.training())).doesNotContainAnyElementsOf(speakers(split.heldOut()));
    assertThat(split.heldOutSpeakers()).isBetween(70L, 130L);
    assertThat(split.training().size() + split.heldOut().size()).isEqualTo(1500);
  }

  @Test
  void whoIsHeldOutStaysSoWhoeverElseComes() {
    Set<String> before = speakers(SpeakerSplit.of(recordings(100, 2), 0.2).heldOut());
    Set<String> after = speakers(SpeakerSplit.of(recordings(400, 2), 0.2).heldOut());

    assertThat(after).containsAll(before);
  }

  @Test
  void oneRecordingIsNoQuestion() {
    assertThat(SpeakerSplit.of(recordings(100, 1), 0.5).heldOut()).isEmpty();
  }
}
