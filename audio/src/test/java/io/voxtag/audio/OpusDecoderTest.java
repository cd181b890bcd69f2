package io.voxtag.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.audio.opus.PacketEncoder;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpusDecoderTest {

  private final PacketEncoder encoder = new PacketEncoder(16_000, 32_000);
  private final OpusDecoder decoder = new OpusDecoder(16_000);

  @Test
  void decodesPacketsOneAfterTheOther() throws AudioFormatException {
    double power = 0;
    for (int i = 0; i < 20; i++) {
      float[] samples = decoder.decode(packet(i));
      assertThat(samples).hasSize(320);
      power = Level.rmsDb(samples);
    }
    assertThat(power).isBetween(-12.0, -6.0);
  }

  @Test
  void fillsTheGapOfALostPacket() throws AudioFormatException {
    decoder.decode(packet(0));
    decoder.decode(packet(1));

    assertThat(Level.rmsDb(decoder.conceal(320))).isGreaterThan(-30);
    assertThatThrownBy(() -> decoder.conceal(321)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatIsNoPacketAndGoesOn() throws AudioFormatException {
    assertThatThrownBy(() -> decoder.decode(ByteBuffer.allocate(0)))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageContaining("corrupt Opus packet of 0 bytes");
    byte[] impossible = {(byte) 0xff, (byte) 0xff, 1};
    assertThatThrownBy(() -> decoder.decode(ByteBuffer.wrap(impossible)))
        .isInstanceOf(AudioFormatException.class);

    assertThat(decoder.decode(packet(0))).hasSize(320);
  }

  @Test
  void neverThrowsAnythingElse() {
    Random random = new Random(5);
    for (int i = 0; i < 3_000; i++) {
      byte[] rubbish = new byte[random.nextInt(200)];
      random.nextBytes(rubbish);
      assertThatCode(
              () -> {
                try {
                  decoder.decode(ByteBuffer.wrap(rubbish));
                } catch (AudioFormatException expected) {
                  assertThat(expected).hasMessageContaining("Opus packet");
                }
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void refusesRatesThatOpusDoesNotHave() {
    assertThatThrownBy(() -> new OpusDecoder(44_100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("44100 Hz");
  }

  private ByteBuffer packet(int index) {
    short[] samples = new short[320];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (16_000 * Math.sin(2 * Math.PI * 300 * (index * 320 + i) / 16_000));
    }
    return ByteBuffer.wrap(encoder.encode(samples, 0));
  }
}
