package io.voxtag.voiceprint.training.augment;

import io.voxtag.audio.G711;
import io.voxtag.audio.Resampler;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A telephone channel: 8 kHz, a handset, its amplifier, a pass band around 300 to 3400 Hz, hum, a
 * codec, and lost packets that are filled with silence or the packet before, as simple concealment
 * does.
 */
final class TelephoneChannel {
  static final int RATE = 8000;
  private static final int PACKET = RATE / 50;
  private static final int OPUS_MIN_BIT_RATE = 6_000;
  private static final int OPUS_MAX_BIT_RATE = 13_000;

  private final AugmentConfig.Telephone config;

  TelephoneChannel(AugmentConfig.Telephone config) {
    this.config = config;
  }

  double prob() {
    return config.prob();
  }

  /** As many samples, of speech as the other end hears it. */
  float[] pass(float[] audio, int sampleRate, SplittableRandom random) {
    float[] narrow = Resampler.resample(audio, sampleRate, RATE);
    if (Draw.chance(random, config.handsetProb())) {
      Handset.apply(narrow, RATE, random);
    }
    if (Draw.chance(random, config.compressionProb())) {
      Amplifier.compress(narrow, RATE, random);
    }
    if (Draw.chance(random, config.clippingProb())) {
      Amplifier.clip(narrow, random);
    }
    double low = Draw.uniform(random, config.minLowHz(), config.maxLowHz());
    double high = Draw.uniform(random, config.minHighHz(), config.maxHighHz());
    narrow = new BandPass(low / RATE, high / RATE).apply(narrow);
    Equalizer.apply(narrow, RATE, 8, random);
    if (Draw.chance(random, config.humProb())) {
      Hum.add(narrow, RATE, random);
    }
    // Quiet calls use few of the codec's steps; that is part of the channel.
    double peakDb = -30 * random.nextDouble() * random.nextDouble();
    Levels.scaleWithoutClipping(narrow, 60);
    Levels.scaleWithoutClipping(narrow, peakDb);
    float[] decoded = code(narrow, random);
    if (random.nextDouble() < config.lossProb()) {
      losePackets(decoded, 0.01 + 0.07 * random.nextDouble(), random);
    }
    return Arrays.copyOf(Resampler.resample(decoded, RATE, sampleRate), audio.length);
  }

  private float[] code(float[] audio, SplittableRandom random) {
    return switch (Draw.one(random, config.codecs())) {
      case G711 -> {
        G711 law = random.nextBoolean() ? G711.MU_LAW : G711.A_LAW;
        yield law.decode(law.encode(audio));
      }
      case GSM -> RegularPulseCodec.roundTrip(audio);
      case OPUS ->
          OpusRoundTrip.apply(
              audio, RATE, random.nextInt(OPUS_MIN_BIT_RATE, OPUS_MAX_BIT_RATE + 1));
    };
  }

  private static void losePackets(float[] audio, double rate, SplittableRandom random) {
    boolean repeat = random.nextBoolean();
    for (int start = PACKET; start + PACKET <= audio.length; start += PACKET) {
      if (random.nextDouble() < rate) {
        if (repeat) {
          System.arraycopy(audio, start - PACKET, audio, start, PACKET);
        } else {
          Arrays.fill(audio, start, start + PACKET, 0f);
        }
      }
    }
  }
}
