package io.voxtag.voiceprint.training.augment;

import io.voxtag.audio.Pcm16;
import io.voxtag.audio.io.DamagedAudioException;
import io.voxtag.audio.opus.PacketDecoder;
import io.voxtag.audio.opus.PacketEncoder;

/** Speech through Opus (RFC 6716) and back. */
final class OpusRoundTrip {
  /** Telephones encode in a hurry, and so does training. */
  private static final int COMPLEXITY = 0;

  private OpusRoundTrip() {}

  /**
   * As many samples, in time with those that went in.
   *
   * @param sampleRate one of Opus' rates, Hz
   * @param bitRate bits a second
   */
  static float[] apply(float[] audio, int sampleRate, int bitRate) {
    PacketEncoder encoder = new PacketEncoder(sampleRate, bitRate, COMPLEXITY);
    PacketDecoder decoder = new PacketDecoder(sampleRate, 1);
    int frame = encoder.frame();
    int late = encoder.lookahead48k() / (48_000 / sampleRate) + decoder.lag();
    float[] result = new float[audio.length];
    short[] packet = new short[frame];
    for (int start = 0; start < audio.length + late; start += frame) {
      for (int i = 0; i < frame; i++) {
        packet[i] = start + i < audio.length ? Pcm16.quantise(audio[start + i]) : 0;
      }
      copy(decode(decoder, encoder.encode(packet, 0)), frame, result, start - late);
    }
    return result;
  }

  private static void copy(float[] from, int count, float[] to, int at) {
    int skip = Math.max(0, -at);
    int length = Math.min(count - skip, to.length - at - skip);
    if (length > 0) {
      System.arraycopy(from, skip, to, at + skip, length);
    }
  }

  private static float[] decode(PacketDecoder decoder, byte[] packet) {
    try {
      decoder.decode(packet, 0, packet.length);
      return decoder.samples()[0];
    } catch (DamagedAudioException e) {
      throw new IllegalStateException("Opus cannot decode what it encoded", e);
    }
  }
}
