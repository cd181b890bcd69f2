package io.voxtag.ingest.client;

import io.voxtag.audio.G711;
import io.voxtag.audio.Pcm;
import io.voxtag.audio.Pcm16;
import io.voxtag.schemas.event.AudioEncoding;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * The audio of a leg, one channel, read once. The stream is not closed by who reads it.
 *
 * @param encoding PCM_S16LE, MULAW or ALAW
 * @param sampleRate Hz, 4000 to 192000
 * @param bytes coded samples; may block, as that of a microphone does
 */
public record LegAudio(AudioEncoding encoding, int sampleRate, InputStream bytes) {

  public LegAudio {
    if (encoding == AudioEncoding.OPUS) {
      throw new IllegalArgumentException(
          "Opus packets are no stream of samples; must be PCM_S16LE, MULAW or ALAW");
    }
  }

  /** Samples in memory, sent as 16-bit PCM. */
  public static LegAudio pcm16(Pcm pcm) {
    return of(AudioEncoding.PCM_S16LE, pcm.sampleRate(), Pcm16.encode(pcm.samples()));
  }

  /** Samples in memory, sent as mu-law. */
  public static LegAudio mulaw(Pcm pcm) {
    return of(AudioEncoding.MULAW, pcm.sampleRate(), G711.MU_LAW.encode(pcm.samples()));
  }

  private static LegAudio of(AudioEncoding encoding, int sampleRate, byte[] bytes) {
    return new LegAudio(encoding, sampleRate, new ByteArrayInputStream(bytes));
  }

  int sampleBytes() {
    return encoding == AudioEncoding.PCM_S16LE ? 2 : 1;
  }
}
