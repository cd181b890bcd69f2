package io.voxtag.standalone.diarize;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.scoring.diarization.Segment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelinePictureTest {

  private static final int BLUE = 0xFF0072B2;
  private static final int ORANGE = 0xFFE69F00;

  @TempDir private Path folder;

  @Test
  void eachSpeakerHasARowWithBarsOverTheTimeOfTheirTurns() throws IOException {
    // given: ann has the first half, ben the last quarter
    Path file = folder.resolve("timeline.png");

    // when
    TimelinePicture.write(
        file,
        "call",
        List.of("ann", "ben"),
        List.of(new Segment(0, 60_000, "ann"), new Segment(90_000, 120_000, "ben")),
        120_000);

    // then
    BufferedImage image = ImageIO.read(file.toFile());
    int blue = count(image, BLUE);
    int orange = count(image, ORANGE);
    assertThat(blue).isGreaterThan(5_000);
    assertThat((double) blue / orange).isBetween(1.95, 2.05);
  }

  @Test
  void aPictureOfNobodyHasNoBars() {
    BufferedImage image = TimelinePicture.draw("silence", List.of(), List.of(), 0);

    assertThat(count(image, BLUE)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "12000, 1000",
    "120000, 10000",
    "500000, 60000",
    "7200000, 600000",
    "864000000, 54000000"
  })
  void marksAreAtRoundTimesAndNotTooMany(long lengthMs, long step) {
    assertThat(TimeAxis.step(lengthMs, 16)).isEqualTo(step);
    assertThat(lengthMs / step).isLessThanOrEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "65000, 1:05", "3599999, 59:59", "3661000, 1:01:01"})
  void timesAreWrittenAsMinutesAndSeconds(long ms, String text) {
    assertThat(TimeAxis.text(ms)).isEqualTo(text);
  }

  private static int count(BufferedImage image, int colour) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == colour ? 1 : 0;
      }
    }
    return count;
  }
}
