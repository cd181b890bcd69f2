package io.voxtag.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.Pcm;
import io.voxtag.audio.VoiceActivity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpeechStartTest {

  private static final Path VOICE = Path.of("..", "samples", "enrolment", "alma", "1.opus");
  private static final int RATE = VoiceActivity.SAMPLE_RATE;

  @Test
  void aPieceBeginsWithSpeechAndEndsWhenThereIsEnough() throws IOException {
    // given: two seconds of silence before the voice
    float[] voice = AudioFiles.read(VOICE).mono().resampled(RATE).samples();
    float[] late = new float[voice.length + 2 * RATE];
    System.arraycopy(voice, 0, late, 2 * RATE, voice.length);

    // when
    float[] piece = SpeechStart.of(new Pcm(late, RATE), 1.5, "late").samples();

    // then
    assertThat(piece.length).isBetween((int) (1.5 * RATE), 4 * RATE);
    int from = indexOf(late, piece);
    assertThat(from).isGreaterThan(2 * RATE - RATE / 2);
  }

  @Test
  void aRecordingWithLessSpeechIsRefusedWithWhatItHas() {
    assertThatThrownBy(() -> SpeechStart.of(new Pcm(new float[3 * RATE], RATE), 1, "silence.wav"))
        .isInstanceOf(TooLittleSpeechException.class)
        .hasMessage("silence.wav: 0.00 s of speech, 1.00 s are needed");
  }

  private static int indexOf(float[] all, float[] piece) {
    for (int from = 0; from + piece.length <= all.length; from += RATE / 100) {
      if (Arrays.equals(all, from, from + piece.length, piece, 0, piece.length)) {
        return from;
      }
    }
    return -1;
  }
}
