package io.voxtag.scoring.diarization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Groups the windows of a recording by voice. Immutable, thread-safe; the same windows always give
 * the same groups.
 *
 * <ol>
 *   <li>Up to {@link #FEW} windows are clustered by average linkage down to a cosine, more of them
 *       by {@linkplain SpectralClustering spectral clustering}, which finds the number itself but
 *       does not see speakers of very few windows.
 *   <li>Groups whose mean voices are alike are joined.
 *   <li>A hidden Markov chain of speakers smooths the groups over time, with normal distributions
 *       around the mean of each group.
 * </ol>
 *
 * <p>Of more than {@link #MOST_CLUSTERED} windows, so many are taken evenly over time for the first
 * two steps, and the third decides all. So a recording of any length takes at most some 20 MB and a
 * bounded time for clustering; the rest is linear in its length.
 */
public final class SpeakerGrouping {

  /** With so many windows or fewer, eigenvalues say little of the number of speakers. */
  static final int FEW = 64;

  /** The most windows that are clustered at once. */
  static final int MOST_CLUSTERED = 600;

  private final GroupingSettings settings;

  public SpeakerGrouping(GroupingSettings settings) {
    this.settings = settings;
  }

  /**
   * Groups windows.
   *
   * @param pieces where they lie, in order; at least one
   * @param vectors their vectors, of unit length, all of one dimension
   * @throws TooLittleSpeechException if there are fewer windows than speakers that must be found
   */
  public Grouping group(List<SpeechPiece> pieces, float[][] vectors) {
    if (pieces.isEmpty() || pieces.size() != vectors.length) {
      throw new IllegalArgumentException(
          "%d windows with %d vectors, must be as many and at least one"
              .formatted(pieces.size(), vectors.length));
    }
    if (vectors.length < settings.minSpeakers()) {
      throw new TooLittleSpeechException(vectors.length, settings.minSpeakers());
    }
    List<float[]> sample = sample(vectors);
    int[] clusters =
        SameVoices.joined(sample, clusters(sample), settings.sameVoice(), settings.minSpeakers());
    return Smoothing.of(pieces, Arrays.asList(vectors), sample, clusters, settings.minSpeakers());
  }

  private static List<float[]> sample(float[][] vectors) {
    int count = Math.min(vectors.length, MOST_CLUSTERED);
    List<float[]> sample = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sample.add(vectors[(int) ((long) vectors.length * i / count)]);
    }
    return sample;
  }

  private int[] clusters(List<float[]> sample) {
    int most = Math.min(settings.maxSpeakers(), sample.size());
    if (most == 1) {
      return new int[sample.size()];
    }
    if (settings.minSpeakers() == sample.size()) {
      return Linkage.of(Distances.cosine(sample)).cut(sample.size());
    }
    if (sample.size() <= FEW && !settings.fixed()) {
      Linkage linkage = Linkage.of(Distances.cosine(sample));
      int natural = linkage.clusters(1 - settings.sameWindows());
      return linkage.cut(Math.max(settings.minSpeakers(), Math.min(most, natural)));
    }
    SpectralClustering spectral = new SpectralClustering(sample);
    return spectral.cluster(
        spectral.gap(settings.minSpeakers(), Math.min(most, sample.size() - 1)));
  }
}
