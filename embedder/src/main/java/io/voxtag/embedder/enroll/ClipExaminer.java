package io.voxtag.embedder.enroll;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.AudioFormatException;
import io.voxtag.audio.AudioLimits;
import io.voxtag.audio.Damage;
import io.voxtag.audio.Pcm;
import io.voxtag.audio.SpeechActivity;
import io.voxtag.schemas.event.EmbeddingOutcome;
import io.voxtag.schemas.event.Enrollment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a recording, checks it and makes the vector of the voice in it: the mean of the vectors of
 * windows of its speech, pauses cut out. The same recording gives the same answer.
 */
final class ClipExaminer {

  private static final int RATE = 16_000;
  private static final int FRAME = RATE / 1000 * SpeechActivity.FRAME_MS;

  private final EnrollmentDemands demands;
  private final Function<float[], SpeechActivity> speechDetector;
  private final Function<List<float[]>, List<float[]>> embedder;

  ClipExaminer(
      EnrollmentDemands demands,
      Function<float[], SpeechActivity> speechDetector,
      Function<List<float[]>, List<float[]>> embedder) {
    this.demands = demands;
    this.speechDetector = speechDetector;
    this.embedder = embedder;
  }

  /** What is in the recording of a request to ADD. */
  Finding examine(Enrollment enrollment) {
    if (enrollment.getConsent() == null) {
      return Finding.refused(
          EmbeddingOutcome.NO_CONSENT,
          "the enrolment carries no consent; say on what ground the voice may be stored");
    }
    if (enrollment.getAudio() == null) {
      return Finding.refused(EmbeddingOutcome.UNREADABLE_AUDIO, "the enrolment carries no audio");
    }
    byte[] file = new byte[enrollment.getAudio().getData().remaining()];
    enrollment.getAudio().getData().duplicate().get(file);
    try {
      AudioLimits limits = AudioLimits.DEFAULT.withMaxDuration(demands.maxLength());
      Pcm clip = AudioFiles.read(file, "enrolment audio", limits, Damage.REFUSE).mono();
      return examine(clip.resampled(RATE).samples());
    } catch (AudioFormatException e) {
      return Finding.refused(EmbeddingOutcome.UNREADABLE_AUDIO, String.valueOf(e.getMessage()));
    }
  }

  private Finding examine(float[] samples) {
    SpeechActivity speech = speechDetector.apply(samples);
    float snr = speech.hasSpeech() ? speech.snrDb() : Float.NaN;
    if (speech.netSpeechMs() < demands.minNetSpeechMs()) {
      return new Finding(
          EmbeddingOutcome.TOO_LITTLE_SPEECH,
          "%d ms of speech, must be at least %d"
              .formatted(speech.netSpeechMs(), demands.minNetSpeechMs()),
          null,
          speech.netSpeechMs(),
          snr);
    }
    if (snr < demands.minSnrDb()) {
      return new Finding(
          EmbeddingOutcome.TOO_NOISY,
          "speech is %.1f dB over the noise, must be at least %.1f"
              .formatted(snr, demands.minSnrDb()),
          null,
          speech.netSpeechMs(),
          snr);
    }
    List<float[]> vectors = embedder.apply(windows(speechOf(samples, speech.speech())));
    double likeness = Voices.likenessOfSides(vectors);
    if (likeness < demands.severalSpeakersBelow()) {
      return new Finding(
          EmbeddingOutcome.SEVERAL_SPEAKERS,
          "two voices in it have a cosine of %.2f, one voice has at least %.2f"
              .formatted(likeness, demands.severalSpeakersBelow()),
          null,
          speech.netSpeechMs(),
          snr);
    }
    return new Finding(
        EmbeddingOutcome.EMBEDDED, null, Voices.mean(vectors), speech.netSpeechMs(), snr);
  }

  private static float[] speechOf(float[] samples, boolean[] frames) {
    float[] speech = new float[samples.length];
    int length = 0;
    for (int i = 0; i < frames.length; i++) {
      if (frames[i]) {
        System.arraycopy(samples, i * FRAME, speech, length, FRAME);
        length += FRAME;
      }
    }
    return Arrays.copyOf(speech, length);
  }

  /** Windows that overlap by half; the last one ends with the speech. */
  private List<float[]> windows(float[] speech) {
    int length = (int) (demands.window().toMillis() * RATE / 1000);
    if (speech.length <= length) {
      return List.of(speech);
    }
    List<float[]> windows = new ArrayList<>();
    for (int start = 0; start + length < speech.length; start += length / 2) {
      windows.add(Arrays.copyOfRange(speech, start, start + length));
    }
    windows.add(Arrays.copyOfRange(speech, speech.length - length, speech.length));
    return windows;
  }
}
