package io.voxtag.embedder.enroll;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.AudioFormatException;
import io.voxtag.audio.AudioLimits;
import io.voxtag.audio.Damage;
import io.voxtag.audio.Pcm;
import io.voxtag.audio.SpeechActivity;
import io.voxtag.embedder.batch.Batcher;
import io.voxtag.embedder.batch.ModelFailedException;
import io.voxtag.schemas.event.EmbeddingOutcome;
import io.voxtag.schemas.event.Enrollment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Reads a recording, checks it and makes the vector of the voice in it: the mean of the vectors of
 * windows of its speech, pauses cut out. The same recording gives the same answer.
 */
final class ClipExaminer {

  private static final Logger LOG = Logger.getLogger(ClipExaminer.class);
  private static final int RATE = 16_000;
  private static final int FRAME = RATE / 1000 * SpeechActivity.FRAME_MS;

  private final EnrollmentDemands demands;
  private final Function<float[], SpeechActivity> speechDetector;
  private final Function<float[], CompletableFuture<float[]>> embedder;

  /**
   * @param embedder the vector of a window, as {@link Batcher#submit} gives it
   */
  ClipExaminer(
      EnrollmentDemands demands,
      Function<float[], SpeechActivity> speechDetector,
      Function<float[], CompletableFuture<float[]>> embedder) {
    this.demands = demands;
    this.speechDetector = speechDetector;
    this.embedder = embedder;
  }

  /**
   * What is in the recording of a request to ADD. Whatever fails because of the recording is a
   * finding, for the same recording comes again after a restart.
   *
   * @throws ModelFailedException if the model no longer embeds anything
   * @throws CancellationException if the embedder is closing
   */
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
    } catch (ModelFailedException | CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.errorf(
          e,
          "A recording cannot be examined speaker=%s utterance=%s",
          enrollment.getSpeakerId(),
          enrollment.getUtteranceId());
      return Finding.refused(
          EmbeddingOutcome.UNREADABLE_AUDIO, "the recording cannot be examined: " + e.getMessage());
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
    List<float[]> vectors = vectors(windows(speechOf(samples, speech.speech())));
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
    float[] voice = Voices.mean(vectors);
    if (!Voices.isFinite(voice)) {
      return Finding.refused(
          EmbeddingOutcome.UNREADABLE_AUDIO,
          "the model makes no vector of it that is finite; are its samples from -1 to 1?");
    }
    return new Finding(EmbeddingOutcome.EMBEDDED, null, voice, speech.netSpeechMs(), snr);
  }

  private List<float[]> vectors(List<float[]> windows) {
    List<CompletableFuture<float[]>> vectors = windows.stream().map(embedder).toList();
    return vectors.stream().map(ClipExaminer::join).toList();
  }

  private static float[] join(CompletableFuture<float[]> vector) {
    try {
      return vector.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
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
