package io.voxtag.audio.opus;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusPacketInfo;
import io.voxtag.audio.io.DamagedAudioException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the packets of one Opus stream in their order. The decoder itself always works at 48 kHz,
 * because Concentus gives silence for the packets of hybrid mode at any lower rate; other rates are
 * filtered from that, and lag by less than a millisecond. Not thread-safe.
 */
public final class PacketDecoder {

  /** Rates at which Opus can be decoded, Hz. */
  public static final Set<Integer> RATES = Set.of(8_000, 12_000, 16_000, 24_000, 48_000);

  private static final int MAX_PACKET_MS = 120;
  private static final int CLOCK = 48_000;

  private final OpusDecoder decoder;
  private final int rate;
  private final int channels;
  private final int factor;
  private final Decimator[] decimators;
  private final short[] interleaved;
  private final float[][] planar;

  /**
   * @param rate output rate, Hz, one of {@link #RATES}
   * @param channels 1 or 2; the decoder mixes down or doubles where a packet has the other number
   */
  public PacketDecoder(int rate, int channels) {
    if (!RATES.contains(rate) || channels < 1 || channels > 2) {
      throw new IllegalArgumentException(
          "Opus at %d Hz with %d channels, must be 8000, 12000, 16000, 24000 or 48000 Hz with 1 or 2"
              .formatted(rate, channels));
    }
    this.rate = rate;
    this.channels = channels;
    this.factor = CLOCK / rate;
    int frames = rate / 1000 * MAX_PACKET_MS;
    this.interleaved = new short[frames * factor * channels];
    this.decimators = new Decimator[factor == 1 ? 0 : channels];
    for (int c = 0; c < decimators.length; c++) {
      decimators[c] = new Decimator(factor, frames * factor);
    }
    this.planar = new float[channels][frames];
    try {
      this.decoder = new OpusDecoder(CLOCK, channels);
    } catch (OpusException e) {
      throw new IllegalStateException("Opus decoder for %d channels".formatted(channels), e);
    }
  }

  /** Samples of the output by which filtering to a rate below 48 kHz makes it late. */
  public int lag() {
    return factor == 1 ? 0 : Decimator.DELAY;
  }

  /** Sets an output gain in units of 1/256 dB. */
  public void gain(int q8Decibels) {
    decoder.setGain(q8Decibels);
  }

  /** The last decoded samples, [channels, frames], overwritten by the next packet. */
  public float[][] samples() {
    return planar;
  }

  /** Samples of each channel that a packet holds, found from its first two bytes. */
  public int duration(byte[] bytes, int offset, int length) throws DamagedAudioException {
    int frames = 0;
    try {
      frames = length < 1 ? 0 : OpusPacketInfo.getNumSamples(bytes, offset, length, rate);
    } catch (RuntimeException e) {
      throw new DamagedAudioException("corrupt Opus packet of %d bytes".formatted(length), e);
    }
    if (frames < 1 || frames > planar[0].length) {
      throw new DamagedAudioException("corrupt Opus packet of %d bytes".formatted(length));
    }
    return frames;
  }

  /**
   * Decodes a packet into {@link #samples()}.
   *
   * @return samples of each channel
   * @throws DamagedAudioException if it is no Opus packet; the next one starts from a fresh state
   */
  public int decode(byte[] bytes, int offset, int length) throws DamagedAudioException {
    int expected = duration(bytes, offset, length);
    return run(bytes, offset, length, expected);
  }

  /** Fills a gap of lost packets with {@code frames} samples of fading sound, at most 120 ms. */
  public int conceal(int frames) throws DamagedAudioException {
    return run(null, 0, 0, frames);
  }

  // Concentus reports corrupt packets by OpusException, by ArrayIndexOutOfBounds and other
  // RuntimeExceptions, and by AssertionError: to a caller they are all the same thing.
  private int run(byte @Nullable [] bytes, int offset, int length, int max)
      throws DamagedAudioException {
    int decoded;
    try {
      decoded = decoder.decode(bytes, offset, length, interleaved, 0, max * factor, false);
    } catch (OpusException | RuntimeException | AssertionError e) {
      decoder.resetState();
      Arrays.stream(decimators).forEach(Decimator::reset);
      throw new DamagedAudioException("corrupt Opus packet of %d bytes".formatted(length), e);
    }
    for (int c = 0; c < channels; c++) {
      if (factor > 1) {
        decimators[c].run(interleaved, c, channels, decoded, planar[c]);
        continue;
      }
      for (int i = 0; i < decoded; i++) {
        planar[c][i] = interleaved[i * channels + c] / 32768f;
      }
    }
    return decoded / factor;
  }
}
