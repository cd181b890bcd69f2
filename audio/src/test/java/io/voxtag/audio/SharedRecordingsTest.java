package io.voxtag.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With real recordings, where the folder of development data is. */
class SharedRecordingsTest {

  private static final int WINDOW = 3 * VoiceActivity.SAMPLE_RATE;
  private static final int ENOUGH_MS = 500;

  private final VoiceActivity voice = new VoiceActivity();

  @Test
  void nearlyAllWindowsOfRealSpeechHaveSpeech() throws IOException {
    assertThat(shareWithSpeech(recordings("dev", 12))).isGreaterThan(0.95);
  }

  @Test
  void mostTelephonePromptsHaveSpeech() throws IOException {
    assertThat(shareWithSpeech(recordings("telephone/dev", 12))).isGreaterThan(0.8);
  }

  @Test
  void fewWindowsOfEverydayNoiseHaveSpeech() throws IOException {
    assertThat(shareWithSpeech(recordings("noise", 1))).isLessThan(0.15);
  }

  private double shareWithSpeech(List<Path> files) throws IOException {
    int windows = 0;
    int spoken = 0;
    for (Path file : files) {
      float[] samples = AudioFiles.read(file).mono().resampled(VoiceActivity.SAMPLE_RATE).samples();
      for (int from = 0; from == 0 || samples.length - from >= WINDOW / 2; from += WINDOW) {
        float[] window = Arrays.copyOfRange(samples, from, Math.min(from + WINDOW, samples.length));
        windows++;
        spoken += voice.detect(window).netSpeechMs() >= ENOUGH_MS ? 1 : 0;
      }
    }
    return (double) spoken / windows;
  }

  /** Every {@code step}th audio file of a folder of the development data. */
  private static List<Path> recordings(String folder, int step) throws IOException {
    Path root = Path.of(System.getProperty("voxtag.shared", "../shared"), "data", folder);
    assumeTrue(Files.isDirectory(root), "no development data at " + root);
    List<Path> chosen = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> sorted =
          all.filter(file -> file.toString().matches(".*\\.(flac|wav|opus)")).sorted().toList();
      for (int i = 0; i < sorted.size(); i += step) {
        chosen.add(sorted.get(i));
      }
    }
    return chosen;
  }
}
