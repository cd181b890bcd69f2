package io.voxtag.audio;

import io.voxtag.audio.flac.FlacDecoder;
import io.voxtag.audio.io.BadAudioException;
import io.voxtag.audio.io.DamagedAudioException;
import io.voxtag.audio.io.SampleBuffer;
import io.voxtag.audio.mp3.Mp3Decoder;
import io.voxtag.audio.ogg.OggOpusDecoder;
import io.voxtag.audio.wav.WavDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads WAV, FLAC, MP3 and Ogg Opus, told apart by their content and never by their name.
 *
 * <p>Opus is decoded at the lowest of its rates (8, 12, 16, 24, 48 kHz) that keeps the band of what
 * was encoded; the other formats keep the rate of the file. Thread-safe.
 */
public final class AudioFiles {

  private AudioFiles() {}

  /**
   * Reads a whole file within {@link AudioLimits#DEFAULT}; damaged ones are refused.
   *
   * @throws AudioFormatException if it is not usable audio
   * @throws IOException if it cannot be read
   */
  public static Recording read(Path file) throws IOException {
    return read(file, AudioLimits.DEFAULT, Damage.REFUSE);
  }

  /** As {@link #read(Path)} with limits of the caller. */
  public static Recording read(Path file, AudioLimits limits, Damage damage) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      int most = (int) Math.min(limits.maxBytes() + 1, Integer.MAX_VALUE - 16);
      bytes = in.readNBytes(most);
    }
    return read(bytes, file.toString(), limits, damage);
  }

  /**
   * Reads a file from memory.
   *
   * @param name what messages call it
   * @throws AudioFormatException if it is not usable audio
   */
  public static Recording read(byte[] file, String name) throws AudioFormatException {
    return read(file, name, AudioLimits.DEFAULT, Damage.REFUSE);
  }

  /** As {@link #read(byte[], String)} with limits of the caller. */
  public static Recording read(byte[] file, String name, AudioLimits limits, Damage damage)
      throws AudioFormatException {
    if (file.length > limits.maxBytes()) {
      throw new AudioFormatException(
          name, "larger than the limit of %d bytes".formatted(limits.maxBytes()));
    }
    if (file.length == 0) {
      throw new AudioFormatException(name, "empty file");
    }
    SampleBuffer samples =
        new SampleBuffer(limits.maxDuration(), limits.maxChannels(), limits.maxSamples());
    try {
      decode(file, samples);
    } catch (DamagedAudioException e) {
      if (damage == Damage.REFUSE || samples.frames() == 0) {
        throw new AudioFormatException(name, e.getMessage(), e);
      }
    } catch (BadAudioException e) {
      throw new AudioFormatException(name, e.getMessage(), e);
    }
    if (samples.frames() == 0) {
      throw new AudioFormatException(name, "no audio in it");
    }
    Recording recording = new Recording(samples.take(), samples.sampleRate());
    refuseNonNumbers(recording, name);
    return recording;
  }

  private static void decode(byte[] file, SampleBuffer samples) throws BadAudioException {
    if (WavDecoder.matches(file)) {
      WavDecoder.decode(file, samples);
    } else if (FlacDecoder.matches(file)) {
      FlacDecoder.decode(file, samples);
    } else if (OggOpusDecoder.matches(file)) {
      OggOpusDecoder.decode(file, samples);
    } else if (Mp3Decoder.matches(file)) {
      Mp3Decoder.decode(file, samples);
    } else {
      throw new BadAudioException(
          "not audio of a known format, must be WAV, FLAC, MP3 or Ogg Opus");
    }
  }

  private static void refuseNonNumbers(Recording recording, String name)
      throws AudioFormatException {
    for (float[] channel : recording.channels()) {
      for (int i = 0; i < channel.length; i++) {
        if (!Float.isFinite(channel[i])) {
          throw new AudioFormatException(
              name, "sample %d is %s, must be a number".formatted(i, channel[i]));
        }
      }
    }
  }
}
