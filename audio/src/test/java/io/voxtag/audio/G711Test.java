package io.voxtag.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class G711Test {

  @ParameterizedTest
  @CsvSource({"MU_LAW, mu-law-decoded.s16", "A_LAW, a-law-decoded.s16"})
  void decodesEveryCodeAsSoxDoes(G711 law, String reference) {
    ByteBuffer expected =
        ByteBuffer.wrap(Reference.bytes(reference)).order(ByteOrder.LITTLE_ENDIAN);
    for (int code = 0; code < 256; code++) {
      assertThat(law.decode((byte) code)).as("code %d", code).isEqualTo(expected.getShort());
    }
  }

  /** The reference of the ITU cuts off the lowest bits, sox rounds them: only borders differ. */
  @ParameterizedTest
  @CsvSource({"MU_LAW, mu-law-encoded.raw.gz, 2", "A_LAW, a-law-encoded.raw.gz, 8"})
  void encodesEverySampleAsSoxDoesButForRoundingAtBorders(G711 law, String reference, int border) {
    byte[] expected = Reference.bytes(reference);
    for (int i = 0; i < expected.length; i++) {
      int sample = i - 32768;
      byte code = law.encode((short) sample);
      if (code != expected[i]) {
        byte below = law.encode((short) Math.max(-32768, sample - border));
        byte above = law.encode((short) Math.min(32767, sample + border));
        assertThat(expected[i]).as("sample %d", sample).isIn(below, above);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(G711.class)
  void everyCodeSurvivesARoundTrip(G711 law) {
    for (int code = 0; code < 256; code++) {
      short sample = law.decode((byte) code);
      assertThat(law.decode(law.encode(sample))).as("code %d", code).isEqualTo(sample);
    }
  }

  @ParameterizedTest
  @EnumSource(G711.class)
  void clipsWhatExceedsFullScale(G711 law) {
    float[] decoded = law.decode(law.encode(new float[] {2, -2, 0.5f}));

    assertThat(decoded[0]).isGreaterThan(0.97f);
    assertThat(decoded[1]).isLessThan(-0.97f);
    assertThat(decoded[2]).isBetween(0.48f, 0.52f);
  }
}
