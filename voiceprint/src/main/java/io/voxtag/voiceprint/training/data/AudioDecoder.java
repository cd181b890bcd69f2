package io.voxtag.voiceprint.training.data;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.AudioFormatException;
import io.voxtag.audio.Resampler;
import io.voxtag.audio.SpeechActivity;
import io.voxtag.audio.VoiceActivity;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Decodes recordings to 16-bit samples at {@link AudioCache#SAMPLE_RATE}, their channels mixed.
 * Thread-safe.
 *
 * @param speechOnly true to cut out what is not speech
 * @param speed factor of tempo and pitch, 1 for none
 */
public record AudioDecoder(boolean speechOnly, double speed) {
  private static final VoiceActivity VOICE_ACTIVITY = new VoiceActivity();

  /** Changing speed by resampling needs whole rates; these are in steps of a tenth of a percent. */
  static final int SPEED_STEPS = 1000;

  /**
   * Decodes a recording.
   *
   * @return at least one sample
   * @throws UnusableAudioException if it is missing, broken or without speech
   */
  public short[] decode(Path file) throws IOException {
    try {
      float[] whole = AudioFiles.read(file).mono().resampled(AudioCache.SAMPLE_RATE).samples();
      float[] audio = speechOnly ? speech(file, whole) : whole;
      int from = (int) Math.round(speed * SPEED_STEPS);
      float[] changed =
          from == SPEED_STEPS ? audio : Resampler.resample(audio, from * 16, SPEED_STEPS * 16);
      if (changed.length == 0) {
        throw new UnusableAudioException(file, "no samples in it");
      }
      return quantised(changed);
    } catch (AudioFormatException e) {
      throw new UnusableAudioException(String.valueOf(e.getMessage()), e);
    } catch (NoSuchFileException e) {
      throw new UnusableAudioException(file + ": no such file", e);
    }
  }

  /** The value of a sample, in [-1, 1). */
  public static float value(short sample) {
    return sample / 32768f;
  }

  private static float[] speech(Path file, float[] audio) throws UnusableAudioException {
    boolean[] speech = VOICE_ACTIVITY.detect(audio).speech();
    int frame = AudioCache.SAMPLE_RATE * SpeechActivity.FRAME_MS / 1000;
    float[] kept = new float[audio.length];
    int length = 0;
    for (int i = 0; i < speech.length; i++) {
      if (speech[i]) {
        System.arraycopy(audio, i * frame, kept, length, frame);
        length += frame;
      }
    }
    if (length == 0) {
      throw new UnusableAudioException(file, "no speech in it");
    }
    return Arrays.copyOf(kept, length);
  }

  /** Filtering may overshoot; clipping would be heard. */
  private static short[] quantised(float[] audio) {
    float peak = 1;
    for (float sample : audio) {
      peak = Math.max(peak, Math.abs(sample));
    }
    short[] samples = new short[audio.length];
    for (int i = 0; i < audio.length; i++) {
      samples[i] = (short) Math.round(audio[i] / peak * 32767);
    }
    return samples;
  }
}
