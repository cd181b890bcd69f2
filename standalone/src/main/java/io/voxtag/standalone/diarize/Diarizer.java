package io.voxtag.standalone.diarize;

import io.voxtag.audio.Pcm;
import io.voxtag.audio.VoiceActivity;
import io.voxtag.evaluation.Evaluation;
import io.voxtag.scoring.diarization.Grouping;
import io.voxtag.scoring.diarization.SpeakerGrouping;
import io.voxtag.scoring.diarization.SpeechPiece;
import io.voxtag.scoring.diarization.SpeechPieces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Says who spoke when: finds the speech, embeds a window of 1.5 s each half second of it, groups
 * the windows by voice, and names the groups. Not thread-safe.
 *
 * <p>Memory is that of the audio plus a vector for each half second of speech; time grows linearly
 * with the length of the recording once it is longer than what is {@linkplain SpeakerGrouping
 * grouped at once}.
 */
public final class Diarizer {

  /** Windows a batch, so that few copies of the audio exist at a time. */
  private static final int BATCH = 64;

  private static final int FRAME_SAMPLES = VoiceActivity.SAMPLE_RATE * SpeechPiece.FRAME_MS / 1000;

  private final WindowEmbedder embedder;
  private final SpeechPieces cutter;
  private final SpeakerGrouping grouping;
  private final VoiceNames names;
  private final Evaluation.Progress progress;
  private final VoiceActivity activity = new VoiceActivity();

  /**
   * @param embedder takes audio at {@link VoiceActivity#SAMPLE_RATE}
   * @param names names groups; numbers go on from one recording to the next
   * @param progress is told how many windows of a recording are done
   */
  public Diarizer(
      WindowEmbedder embedder,
      SpeakerGrouping grouping,
      VoiceNames names,
      Evaluation.Progress progress) {
    this.embedder = embedder;
    this.cutter = SpeechPieces.DEFAULT;
    this.grouping = grouping;
    this.names = names;
    this.progress = progress;
  }

  /**
   * Diarizes one channel.
   *
   * @return without turns where there is no speech
   * @throws io.voxtag.scoring.diarization.ShortRecordingException if it is shorter than a window
   *     may be
   * @throws io.voxtag.scoring.diarization.TooLittleSpeechException if it has fewer windows than
   *     speakers that must be found
   */
  public Diarization diarize(Pcm channel) {
    float[] samples = channel.resampled(VoiceActivity.SAMPLE_RATE).samples();
    List<SpeechPiece> pieces = cutter.cut(activity.detect(samples).speech());
    if (pieces.isEmpty()) {
      return new Diarization(List.of(), List.of());
    }
    Grouping groups = grouping.group(pieces, embed(samples, pieces));
    return Turns.of(pieces, groups, names.of(groups.voices()));
  }

  private float[][] embed(float[] samples, List<SpeechPiece> pieces) {
    float[][] vectors = new float[pieces.size()][];
    for (int from = 0; from < vectors.length; from += BATCH) {
      int to = Math.min(vectors.length, from + BATCH);
      List<float[]> windows = new ArrayList<>();
      for (SpeechPiece piece : pieces.subList(from, to)) {
        windows.add(
            Arrays.copyOfRange(samples, piece.from() * FRAME_SAMPLES, piece.to() * FRAME_SAMPLES));
      }
      float[][] batch = embedder.embed(windows);
      System.arraycopy(batch, 0, vectors, from, batch.length);
      progress.at(to, vectors.length);
    }
    return vectors;
  }
}
