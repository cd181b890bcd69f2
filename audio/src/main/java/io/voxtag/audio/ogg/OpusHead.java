package io.voxtag.audio.ogg;

import io.voxtag.audio.io.BadAudioException;
import io.voxtag.audio.io.ByteInput;
import java.util.stream.IntStream;

/**
 * The identification header of Opus in Ogg, RFC 7845 section 5.1.
 *
 * @param preSkip samples at 48 kHz to drop from the start
 * @param inputRate rate of the audio before it was encoded, Hz, 0 where unknown
 * @param gain to be applied, 1/256 dB
 */
record OpusHead(int channels, int preSkip, long inputRate, int gain) {

  static final String MAGIC = "OpusHead";

  static OpusHead read(byte[] packet) throws BadAudioException {
    ByteInput in = new ByteInput(packet);
    in.skip(MAGIC.length());
    int version = in.u8();
    int channels = in.u8();
    int preSkip = in.u16();
    long inputRate = in.u32();
    int gain = (short) in.u16();
    int family = in.u8();
    if (version >= 16) {
      throw new BadAudioException("version %d of Opus in Ogg, must be below 16".formatted(version));
    }
    if (channels == 0) {
      throw new BadAudioException("no channels, must be 1 or more");
    }
    if (family != 0 || channels > 2) {
      throw new BadAudioException(
          "Opus surround sound (%d channels, mapping family %d), must be mono or stereo"
              .formatted(channels, family));
    }
    return new OpusHead(channels, preSkip, inputRate, gain);
  }

  /** The lowest rate of Opus that keeps all of the input's band, Hz. */
  int decodingRate() {
    return IntStream.of(8_000, 12_000, 16_000, 24_000)
        .filter(rate -> inputRate > 0 && inputRate <= rate)
        .findFirst()
        .orElse(48_000);
  }
}
