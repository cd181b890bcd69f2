package io.voxtag.standalone.diarize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.scoring.ScoreNorm;
import io.voxtag.scoring.diarization.Grouping;
import io.voxtag.scoring.diarization.SpeechPiece;
import io.voxtag.standalone.diarize.Diarization.Speaker;
import io.voxtag.standalone.diarize.Diarization.Turn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private static final float[] ANN = {1, 0};
  private static final float[] BEN = {0, 1};
  private static final float[] NEARLY_ANN = {0.8f, 0.6f};

  @Test
  void windowsOfOneVoiceAreATurnUntilAnotherSpeaksOrAPauseIsLong() {
    // given: own frames 0-100, 100-150, then 0.3 s and 0.6 s of pause
    List<SpeechPiece> pieces =
        List.of(piece(0, 100), piece(100, 150), piece(180, 200), piece(260, 300));
    Grouping groups =
        new Grouping(new int[] {0, 1, 1, 1}, new double[] {1, 0.8, 0.6, 1}, List.of(ANN, BEN));

    // when
    Diarization diarization =
        Turns.of(pieces, groups, new VoiceNames(Map.of(), ScoreNorm.NONE, 0.5).of(groups.voices()));

    // then
    assertThat(diarization.turns())
        .extracting(Turn::startMs, Turn::endMs, Turn::speaker)
        .containsExactly(
            tuple(0L, 1000L, "speaker-1"),
            tuple(1000L, 2000L, "speaker-2"),
            tuple(2600L, 3000L, "speaker-2"));
    assertThat(diarization.turns().get(1).certainty())
        .isCloseTo((0.8 * 500 + 0.6 * 200) / 700, within(1e-9));
    assertThat(diarization.speakers())
        .containsExactly(
            new Speaker("speaker-1", false, null, 1000),
            new Speaker("speaker-2", false, null, 1100));
  }

  @Test
  void knownVoicesAreNamedOnceAndStrangersAreNumberedOnOverChannels() {
    VoiceNames names =
        new VoiceNames(Map.of("ann", ANN, "speaker-2", new float[] {0, -1}), ScoreNorm.NONE, 0.5);

    List<VoiceNames.Name> first = names.of(List.of(NEARLY_ANN, ANN));
    List<VoiceNames.Name> second = names.of(List.of(BEN));

    assertThat(first).extracting(VoiceNames.Name::name).containsExactly("speaker-1", "ann");
    assertThat(first.get(0).score()).isCloseTo(0.8, within(1e-6));
    assertThat(second).extracting(VoiceNames.Name::name).containsExactly("speaker-3");
  }

  private static SpeechPiece piece(int ownFrom, int ownTo) {
    return new SpeechPiece(ownFrom, ownTo, ownFrom, ownTo, 0);
  }
}
