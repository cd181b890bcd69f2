package io.voxtag.evaluation;

import io.voxtag.audio.Pcm;
import io.voxtag.audio.SpeechActivity;
import io.voxtag.audio.VoiceActivity;
import java.util.Arrays;

/** Cuts recordings by how much speech they hold. */
final class SpeechStart {

  private static final VoiceActivity VOICE_ACTIVITY = new VoiceActivity();
  private static final int FRAMES_PER_SECOND = 1000 / SpeechActivity.FRAME_MS;

  private SpeechStart() {}

  /**
   * The shortest piece that begins where speech begins and holds so much of it.
   *
   * @throws TooLittleSpeechException if there is less in all
   */
  static Pcm of(Pcm recording, double seconds, String name) throws TooLittleSpeechException {
    Pcm wideband = recording.resampled(VoiceActivity.SAMPLE_RATE);
    boolean[] speech = VOICE_ACTIVITY.detect(wideband.samples()).speech();
    int needed = (int) Math.ceil(seconds * FRAMES_PER_SECOND);
    int found = 0;
    int first = 0;
    for (int frame = 0; frame < speech.length; frame++) {
      if (speech[frame] && found++ == 0) {
        first = frame;
      }
      if (found == needed) {
        int samples = VoiceActivity.SAMPLE_RATE / FRAMES_PER_SECOND;
        return new Pcm(
            Arrays.copyOfRange(wideband.samples(), first * samples, (frame + 1) * samples),
            VoiceActivity.SAMPLE_RATE);
      }
    }
    throw new TooLittleSpeechException(name, (double) found / FRAMES_PER_SECOND, seconds);
  }
}
