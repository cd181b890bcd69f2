package io.voxtag.scoring.diarization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeechPiecesTest {

  @Test
  void longSpeechIsCutIntoOverlappingWindowsThatEndWithIt() {
    List<SpeechPiece> pieces = SpeechPieces.DEFAULT.cut(speech(500, 100, 350));

    assertThat(pieces)
        .containsExactly(
            new SpeechPiece(100, 250, 100, 200, 0),
            new SpeechPiece(150, 300, 200, 250, 0),
            new SpeechPiece(200, 350, 250, 350, 0));
  }

  @Test
  void shortSpeechIsAWindowWithALittleOfWhatIsAroundIt() {
    assertThat(SpeechPieces.DEFAULT.cut(speech(500, 100, 190)))
        .containsExactly(new SpeechPiece(95, 195, 100, 190, 0));
    assertThat(SpeechPieces.DEFAULT.cut(speech(500, 0, 10)))
        .containsExactly(new SpeechPiece(0, 50, 0, 10, 0));
    assertThat(SpeechPieces.DEFAULT.cut(speech(500, 495, 500)))
        .containsExactly(new SpeechPiece(450, 500, 495, 500, 0));
  }

  @Test
  void shortPausesAreBridgedAndLongOnesAreNot() {
    boolean[] speech = speech(500, 100, 150);
    Arrays.fill(speech, 180, 230, true);
    Arrays.fill(speech, 261, 300, true);

    assertThat(SpeechPieces.DEFAULT.cut(speech))
        .extracting(SpeechPiece::ownFrom, SpeechPiece::ownTo, SpeechPiece::region)
        .containsExactly(tuple(100, 230, 0), tuple(261, 300, 1));
  }

  @ParameterizedTest
  @CsvSource({"151", "200", "777", "1500"})
  void everyFrameOfSpeechHasExactlyOneWindowThatCoversIt(int length) {
    List<SpeechPiece> pieces = SpeechPieces.DEFAULT.cut(speech(2000, 37, 37 + length));

    int at = 37;
    for (SpeechPiece piece : pieces) {
      assertThat(piece.ownFrom()).isEqualTo(at);
      assertThat(piece.from()).isLessThanOrEqualTo(piece.ownFrom());
      assertThat(piece.to() - piece.from()).isEqualTo(150);
      assertThat(piece.to()).isGreaterThanOrEqualTo(piece.ownTo());
      at = piece.ownTo();
    }
    assertThat(at).isEqualTo(37 + length);
  }

  @Test
  void silenceHasNoWindows() {
    assertThat(SpeechPieces.DEFAULT.cut(new boolean[300])).isEmpty();
    assertThat(SpeechPieces.DEFAULT.cut(new boolean[0])).isEmpty();
  }

  @Test
  void aRecordingShorterThanAWindowIsRefused() {
    assertThatThrownBy(() -> SpeechPieces.DEFAULT.cut(speech(49, 10, 30)))
        .hasMessageContaining("490 ms")
        .hasMessageContaining("at least 500");
  }

  @ParameterizedTest
  @CsvSource({
    "1500, 500, 200, 300",
    "500, 500, 750, 300",
    "1510, 500, 500, 300",
    "1500, 0, 500, 0"
  })
  void impossibleLengthsAreRefused(int window, int hop, int shortest, int bridge) {
    assertThatThrownBy(() -> new SpeechPieces(window, hop, shortest, bridge))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean[] speech(int frames, int from, int to) {
    boolean[] speech = new boolean[frames];
    Arrays.fill(speech, from, to, true);
    return speech;
  }
}
