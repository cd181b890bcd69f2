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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real recordings, where the folder of development data is. */
class SharedRecordingsTest {

  private static final int WINDOW = 3 * VoiceActivity.SAMPLE_RATE;
  private static final int ENOUGH_MS = 500;
  private static final int FRAME = VoiceActivity.SAMPLE_RATE / 100;

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

  @Test
  void cleanRecordingsAreFoundToBeClean() throws IOException {
    for (Path file : recordings("dev", 12)) {
      assertThat(voice.detect(read(file)).snrDb()).as("%s", file).isGreaterThan(10);
    }
  }

  @Test
  void theSampleEnrolmentsAreFoundToBeClean() throws IOException {
    for (Path file : audio(Path.of("../samples/enrolment"), 1)) {
      assertThat(voice.detect(read(file)).snrDb()).as("%s", file).isGreaterThan(30);
    }
  }

  /** Rain is steady: what comes and goes, as barks do, has no ratio that a number could say. */
  @ParameterizedTest
  @ValueSource(ints = {0, 5, 10, 15, 20})
  void theRatioToRainIsFound(int snrDb) throws IOException {
    List<Path> rain =
        recordings("noise", 1).stream()
            .filter(file -> file.getFileName().toString().startsWith("rain"))
            .toList();
    List<Double> errors = new ArrayList<>();
    int mixed = 0;
    for (Path file : recordings("dev", 24)) {
      float[] samples = read(file);
      double speechDb = speechDb(samples, voice.detect(samples).speech());
      float[] noise = read(rain.get(mixed++ % rain.size()));
      float[] scaled = Level.amplify(noise, speechDb - snrDb - Level.rmsDb(noise));
      for (int i = 0; i < samples.length; i++) {
        samples[i] += scaled[i % scaled.length];
      }
      SpeechActivity activity = voice.detect(samples);
      if (activity.hasSpeech()) {
        errors.add(Math.abs(activity.snrDb() - (double) snrDb));
      }
    }
    assertThat(errors).hasSizeGreaterThan(mixed / 2);
    assertThat(errors.stream().filter(error -> error <= 5).count())
        .as("%s", errors)
        .isGreaterThanOrEqualTo(errors.size() * 8L / 10);
  }

  private static double speechDb(float[] samples, boolean[] speech) {
    float[] spoken = new float[samples.length];
    int length = 0;
    for (int k = 0; k < speech.length; k++) {
      if (speech[k]) {
        System.arraycopy(samples, k * FRAME, spoken, length, FRAME);
        length += FRAME;
      }
    }
    return Level.rmsDb(Arrays.copyOf(spoken, length));
  }

  private static float[] read(Path file) throws IOException {
    return AudioFiles.read(file).mono().resampled(VoiceActivity.SAMPLE_RATE).samples();
  }

  private double shareWithSpeech(List<Path> files) throws IOException {
    int windows = 0;
    int spoken = 0;
    for (Path file : files) {
      float[] samples = read(file);
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
    return audio(root, step);
  }

  private static List<Path> audio(Path root, int step) throws IOException {
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
