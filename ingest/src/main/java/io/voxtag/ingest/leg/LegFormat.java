package io.voxtag.ingest.leg;

import io.voxtag.schemas.event.AudioEncoding;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the audio of a leg is coded; one channel.
 *
 * @param sampleRate Hz, 4000 to 192000; of Opus one that its decoder offers: 8000, 12000, 16000,
 *     24000 or 48000
 */
public record LegFormat(AudioEncoding encoding, int sampleRate) {

  /** Telephony as Twilio sends it. */
  public static final LegFormat MULAW_8K = new LegFormat(AudioEncoding.MULAW, 8000);

  private static final int MIN_RATE = 4000;
  private static final int MAX_RATE = 192_000;
  private static final Set<Integer> OPUS_RATES = Set.of(8000, 12_000, 16_000, 24_000, 48_000);

  private static final Map<String, AudioEncoding> NAMES =
      new TreeMap<>(
          Map.of(
              "pcm_s16le", AudioEncoding.PCM_S16LE,
              "mulaw", AudioEncoding.MULAW,
              "alaw", AudioEncoding.ALAW,
              "opus", AudioEncoding.OPUS));

  /**
   * The format that a client named.
   *
   * @param encoding pcm_s16le (where null), mulaw, alaw or opus
   * @param rate samples a second; must be there
   * @throws RefusedStreamException if it is none that is taken
   */
  public static LegFormat of(@Nullable String encoding, @Nullable String rate)
      throws RefusedStreamException {
    AudioEncoding known = encoding == null ? AudioEncoding.PCM_S16LE : NAMES.get(encoding);
    if (known == null) {
      throw new RefusedStreamException(
          Closing.UNSUPPORTED,
          "encoding is %s; must be one of %s"
              .formatted(ClientText.shown(String.valueOf(encoding)), NAMES.keySet()));
    }
    return new LegFormat(known, parseRate(known, rate));
  }

  /** The name of the coding in URLs. */
  public static String nameOf(AudioEncoding encoding) {
    return NAMES.entrySet().stream()
        .filter(name -> name.getValue() == encoding)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private static int parseRate(AudioEncoding encoding, @Nullable String text)
      throws RefusedStreamException {
    if (text == null) {
      throw new RefusedStreamException(Closing.REFUSED, "rate is missing; give it as ?rate=8000");
    }
    int rate = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    if (rate < MIN_RATE || rate > MAX_RATE) {
      throw new RefusedStreamException(
          Closing.REFUSED,
          "rate is %s; must be %d to %d Hz".formatted(ClientText.shown(text), MIN_RATE, MAX_RATE));
    }
    if (encoding == AudioEncoding.OPUS && !OPUS_RATES.contains(rate)) {
      throw new RefusedStreamException(
          Closing.REFUSED,
          "rate is %d; of opus it must be 8000, 12000, 16000, 24000 or 48000".formatted(rate));
    }
    return rate;
  }

  /** Bytes of one sample, where samples have a size: not of Opus. */
  public int sampleBytes() {
    if (encoding == AudioEncoding.OPUS) {
      throw new IllegalStateException("Opus packets have no bytes a sample");
    }
    return encoding == AudioEncoding.PCM_S16LE ? 2 : 1;
  }
}
