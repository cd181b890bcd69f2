package io.voxtag.voiceprint.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatTest {

  @Test
  void everyHalfSurvivesTheWayThroughFloat() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfFloat.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(HalfFloat.fromFloat(value)).as("bits %x", bits).isEqualTo((short) bits);
      } else {
        assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(value))).isNaN();
      }
    }
  }

  // Bit patterns from IEEE 754 binary16's definition.
  @ParameterizedTest
  @CsvSource({
    "1.0, 3c00",
    "-2.0, c000",
    "65504, 7bff",
    "65519.99, 7bff",
    "65520, 7c00",
    "1e30, 7c00",
    "0.1, 2e66",
    "0.33325195, 3555",
    "6.103515625e-5, 0400",
    "6.097555e-5, 03ff",
    "5.9604645e-8, 0001",
    "2.9802322e-8, 0000",
    "8.940697e-8, 0002",
    "-0.0, 8000",
    // Halfway between 1 and its successor, then between that and the next: both go to even.
    "1.00048828125, 3c00",
    "1.00146484375, 3c02",
    "2047.5, 6800",
  })
  void roundsToNearestAndTiesToEven(float value, String expectedHex) {
    assertThat(Integer.toHexString(HalfFloat.fromFloat(value) & 0xffff))
        .isEqualTo(Integer.toHexString(Integer.parseInt(expectedHex, 16)));
  }

  @Test
  void infinityStaysInfinite() {
    assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(Float.NEGATIVE_INFINITY)))
        .isEqualTo(Float.NEGATIVE_INFINITY);
  }
}
