package io.voxtag.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.scoring.TrialScores;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetPlotTest {

  @TempDir private Path folder;

  @Test
  void aCurveIsDrawnAsAPicture() throws IOException {
    Random random = new Random(2);
    TrialScores trials = new TrialScores();
    for (int i = 0; i < 5000; i++) {
      trials.add(random.nextGaussian() + 2, true);
      trials.add(random.nextGaussian(), false);
    }
    Path file = folder.resolve("det.png");

    DetPlot.write(
        "two gaussians",
        Map.of("cosines", ErrorRateReport.of(trials.metrics(), 0.01, null, null)),
        file);

    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(900);
    assertThat(colours(picture)).isGreaterThan(3);
  }

  /** From tables of the normal distribution. */
  @ParameterizedTest
  @CsvSource({"0.5, 0", "0.975, 1.959964", "0.01, -2.326348", "0.001, -3.090232"})
  void deviatesAreThoseOfTheTables(double probability, double deviate) {
    assertThat(Probit.of(probability)).isCloseTo(deviate, within(1e-6));
  }

  private static long colours(BufferedImage picture) {
    return java.util.stream.IntStream.range(0, picture.getWidth() * picture.getHeight())
        .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
        .distinct()
        .count();
  }
}
