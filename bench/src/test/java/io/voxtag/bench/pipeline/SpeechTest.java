package io.voxtag.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.audio.SpeechActivity;
import io.voxtag.audio.VoiceActivity;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeechTest {

  @Test
  void theSampleVoicesGiveStretchesOfSpeech() throws IOException {
    Speech speech = Speech.of(Path.of("../samples/enrolment"));
    float[] stretch = speech.stretch(1, 30);
    SpeechActivity activity = new VoiceActivity().detect(stretch);
    assertThat(stretch).hasSize(30 * 16_000);
    assertThat(activity.netSpeechMs()).isGreaterThan(15_000);
    assertThat(speech.stretch(2, 30)).isNotEqualTo(stretch);
  }

  @Test
  void aFolderWithoutRecordingsIsNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> Speech.of(folder)).hasMessageContaining(folder.toString());
  }
}
