package io.voxtag.audio.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusMode;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketDecoderTest {

  private static final int CLOCK = 48_000;
  private static final int FRAME = CLOCK / 50;
  private static final int PACKETS = 50;
  private static final double TONE = 300;

  /** The level of a tone, dB of full scale, after all modes of Opus and at all rates. */
  @ParameterizedTest
  @CsvSource({
    "MODE_SILK_ONLY, 8000",
    "MODE_SILK_ONLY, 16000",
    "MODE_SILK_ONLY, 48000",
    "MODE_HYBRID, 8000",
    "MODE_HYBRID, 12000",
    "MODE_HYBRID, 16000",
    "MODE_HYBRID, 24000",
    "MODE_HYBRID, 48000",
    "MODE_CELT_ONLY, 8000",
    "MODE_CELT_ONLY, 16000",
    "MODE_CELT_ONLY, 48000"
  })
  void everyModeIsHeardAtEveryRate(OpusMode mode, int rate) throws Exception {
    byte[][] packets = packets(mode);
    PacketDecoder decoder = new PacketDecoder(rate, 1);
    float[] last = {};
    int decoded = 0;
    for (byte[] packet : packets) {
      int frames = decoder.decode(packet, 0, packet.length);
      decoded += frames;
      last = Arrays.copyOf(decoder.samples()[0], frames);
    }

    assertThat(decoded).isEqualTo(PACKETS * rate / 50);
    assertThat(level(last)).isCloseTo(-9, within(1.5));
    assertThat(toneShare(last, rate)).isGreaterThan(0.9);
  }

  private static byte[][] packets(OpusMode mode) throws Exception {
    OpusEncoder encoder = new OpusEncoder(CLOCK, 1, OpusApplication.OPUS_APPLICATION_VOIP);
    encoder.setBitrate(32_000);
    encoder.setForceMode(mode);
    if (mode == OpusMode.MODE_SILK_ONLY) {
      encoder.setMaxBandwidth(OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND);
    }
    byte[][] packets = new byte[PACKETS][];
    short[] frame = new short[FRAME];
    byte[] buffer = new byte[1500];
    Set<OpusMode> used = new TreeSet<>();
    for (int p = 0; p < PACKETS; p++) {
      for (int i = 0; i < FRAME; i++) {
        frame[i] = (short) (16_384 * Math.sin(2 * Math.PI * TONE * (p * FRAME + i) / CLOCK));
      }
      int length = encoder.encode(frame, 0, FRAME, buffer, 0, buffer.length);
      packets[p] = Arrays.copyOf(buffer, length);
      used.add(mode(packets[p]));
    }
    // Without this, a packet of another mode would prove nothing.
    assertThat(used).contains(mode);
    assertThat(mode(packets[PACKETS - 1])).isEqualTo(mode);
    return packets;
  }

  /** RFC 6716, table 2. */
  private static OpusMode mode(byte[] packet) {
    int config = (packet[0] & 0xff) >> 3;
    return config < 12
        ? OpusMode.MODE_SILK_ONLY
        : config < 16 ? OpusMode.MODE_HYBRID : OpusMode.MODE_CELT_ONLY;
  }

  private static double level(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += sample * sample;
    }
    return 10 * Math.log10(sum / samples.length + 1e-20);
  }

  private static double toneShare(float[] samples, int rate) {
    double sine = 0;
    double cosine = 0;
    double power = 0;
    for (int i = 0; i < samples.length; i++) {
      double angle = 2 * Math.PI * TONE * i / rate;
      sine += samples[i] * Math.sin(angle);
      cosine += samples[i] * Math.cos(angle);
      power += samples[i] * samples[i];
    }
    return 2 * (sine * sine + cosine * cosine) / samples.length / power;
  }
}
