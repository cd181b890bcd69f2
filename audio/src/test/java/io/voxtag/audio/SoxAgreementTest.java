package io.voxtag.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against sox itself, where it is installed. */
class SoxAgreementTest {

  @TempDir Path folder;

  @BeforeEach
  void soxIsThere() {
    boolean installed =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "sox")));
    assumeTrue(installed, "sox is not installed");
  }

  @ParameterizedTest
  @CsvSource({"44100, 16000", "8000, 16000", "48000, 8000", "22050, 16000", "16000, 44100"})
  void resamplesNoiseWithinThePassBandAlike(int from, int to)
      throws IOException, InterruptedException {
    Path source = folder.resolve("source.wav");
    int band = (int) (0.85 * Math.min(from, to) / 2);
    sox(
        "-R -D -n -r %d -e float -b 32 %s synth 1 whitenoise sinc -L -a 120 -t 100 -%d vol 0.5"
            .formatted(from, source, band));
    Path target = folder.resolve("target.f32");
    sox("-D %s -t f32 %s rate -v -L %d".formatted(source, target, to));
    float[] expected = floats(target);

    float[] ours = AudioFiles.read(source).mono().resampled(to).samples();

    assertThat(ours.length).isCloseTo(expected.length, within(1));
    int edge = expected.length / 10;
    float[] a = Arrays.copyOfRange(ours, edge, expected.length - edge);
    float[] b = Arrays.copyOfRange(expected, edge, expected.length - edge);
    assertThat(Reference.largestDifference(a, b)).isLessThan(1e-4f);
  }

  @ParameterizedTest
  @CsvSource({
    "wav, -b 8 -e unsigned",
    "wav, -b 24 -e signed",
    "wav, -b 8 -e mu-law",
    "wav, -b 8 -e a-law",
    "flac, -b 24",
    "flac, -b 16 -C 0",
    "flac, -b 8"
  })
  void readsWhatSoxWritesAsSoxDoes(String type, String coding)
      throws IOException, InterruptedException {
    Path file = folder.resolve("audio." + type);
    sox("-R -D -n -r 22050 -c 3 %s %s synth 0.5 pinknoise vol 0.7".formatted(coding, file));
    Path raw = folder.resolve("raw.f32");
    sox("-D %s -t f32 %s".formatted(file, raw));

    Recording recording = AudioFiles.read(file);

    float[] expected = floats(raw);
    assertThat(recording.frames()).isEqualTo(expected.length / 3);
    for (int i = 0; i < expected.length; i++) {
      assertThat(recording.channels()[i % 3][i / 3]).isEqualTo(expected[i]);
    }
  }

  private static float[] floats(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  private static void sox(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sox", "-V1"));
    command.addAll(List.of(arguments.split(" ")));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(arguments).isZero();
  }
}
