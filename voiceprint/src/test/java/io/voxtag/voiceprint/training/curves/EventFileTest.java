package io.voxtag.voiceprint.training.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

  private static final String GOLDEN =
      "1800000000000000a37f4b220900000040fc54d9411a0d627261696e2e4576656e743a32eced8f9d"
          + "2100000000000000017becf60900000040fc54d94110ac022a130a110a0a547261696e2f4c6f7373"
          + "150000c03f717e0652";

  @TempDir Path folder;

  @Test
  void writesTheBytesThatTensorBoardReads() throws IOException {
    // given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // when
    try (EventFile file = new EventFile(bytes, TIME)) {
      file.scalar("Train/Loss", 300, 1.5, TIME);
    }
    // then: checked once with TensorBoard's own reader
    assertThat(HexFormat.of().formatHex(bytes.toByteArray())).isEqualTo(GOLDEN);
  }

  @Test
  void masksTheChecksumOfThePublishedTestVector() {
    // RFC 3720, B.4: 32 bytes of zeros have 0x8a9136aa.
    int crc = 0x8a9136aa;
    int masked = ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    assertThat(EventFile.maskedCrc(new byte[32])).isEqualTo(masked);
  }

  @Test
  void curvesForgetWhatCameAfterTheStepThatARunGoesOnFrom() throws IOException {
    // given
    Curves curves = new Curves(folder);
    curves.truncate(0);
    for (int step = 1; step <= 5; step++) {
      curves.add("Train/Loss", step, 1.0 / step);
    }
    Files.writeString(
        folder.resolve("curves.tsv"),
        Files.readString(folder.resolve("curves.tsv")) + "6\tTrain/L",
        StandardCharsets.UTF_8);
    // when
    curves.truncate(3);
    // then
    assertThat(curves.read().get("Train/Loss"))
        .isEqualTo(
            List.of(
                new Curves.Point(1, 1), new Curves.Point(2, 0.5), new Curves.Point(3, 1.0 / 3)));
  }
}
