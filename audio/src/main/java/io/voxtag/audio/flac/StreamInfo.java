package io.voxtag.audio.flac;

import io.voxtag.audio.io.BadAudioException;

/**
 * The STREAMINFO block.
 *
 * @param sampleRate Hz
 * @param bitsPerSample 4 to 32
 * @param totalFrames samples of each channel, 0 where unknown
 */
record StreamInfo(int sampleRate, int channels, int bitsPerSample, long totalFrames) {

  static final int LENGTH = 34;

  static StreamInfo read(BitReader in) throws BadAudioException {
    in.unsigned(16 + 16);
    in.unsigned(24 + 24);
    int rate = (int) in.unsigned(20);
    int channels = (int) in.unsigned(3) + 1;
    int bits = (int) in.unsigned(5) + 1;
    long total = in.unsigned(36);
    for (int i = 0; i < 4; i++) {
      in.unsigned(32);
    }
    if (bits < 4) {
      throw new BadAudioException("%d bits a sample, must be from 4 to 32".formatted(bits));
    }
    return new StreamInfo(rate, channels, bits, total);
  }
}
