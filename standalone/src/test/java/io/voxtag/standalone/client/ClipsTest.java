package io.voxtag.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.AudioFormatException;
import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import io.voxtag.schemas.event.AudioFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipsTest {

  private static final int RATE = 8000;

  @TempDir private Path folder;

  @Test
  void aShortRecordingBecomesOneClipThatSoundsTheSame() throws IOException {
    float[] tone = tone(3 * RATE, 0.5f);

    List<Clip> clips = Clips.of(write("hello", tone), null);

    assertThat(clips).hasSize(1);
    assertThat(clips.get(0).audio().getFormat()).isEqualTo(AudioFormat.FLAC);
    Recording decoded = decode(clips.get(0));
    assertThat(decoded.sampleRate()).isEqualTo(RATE);
    assertThat(decoded.channels()[0]).containsExactly(tone, within(1e-4f));
  }

  @Test
  void aRecordingOfMoreThanAMinuteIsCutIntoEqualParts() throws IOException {
    List<Clip> clips = Clips.of(write("long", tone(150 * RATE, 0.1f)), null);

    assertThat(clips).hasSize(3);
    assertThat(clips)
        .allSatisfy(clip -> assertThat(decode(clip).duration().toSeconds()).isEqualTo(50));
  }

  @Test
  void theSameAudioHasTheSameNameAndOtherAudioAnother() throws IOException {
    String name = Clips.of(write("a", tone(RATE, 0.5f)), null).get(0).utteranceId();

    assertThat(Clips.of(write("a", tone(RATE, 0.5f)), null).get(0).utteranceId()).isEqualTo(name);
    assertThat(Clips.of(write("a", tone(RATE, 0.4f)), null).get(0).utteranceId())
        .isNotEqualTo(name)
        .startsWith("a-");
  }

  @Test
  void oneChannelCanBeTaken() throws IOException {
    float[] left = tone(RATE, 0.5f);
    float[] right = tone(RATE, 0.25f);
    Path file = write("stereo", left, right);

    assertThat(decode(Clips.of(file, 1).get(0)).channels()[0])
        .containsExactly(right, within(1e-4f));
    assertThatThrownBy(() -> Clips.of(file, 2))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageContaining("no channel 2, it has 2");
  }

  private Path write(String name, float[]... channels) throws IOException {
    Path file = folder.resolve(name + ".wav");
    WavWriter.write(file, new Recording(channels, RATE), WavWriter.Coding.PCM_16);
    return file;
  }

  private static Recording decode(Clip clip) throws AudioFormatException {
    return AudioFiles.read(clip.audio().getData().array(), "clip");
  }

  private static float[] tone(int length, float peak) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = peak * (float) Math.sin(0.1 * i);
    }
    return samples;
  }
}
