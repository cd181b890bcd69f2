package io.voxtag.standalone.diarize;

import io.voxtag.scoring.CohortStatistics;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.scoring.UnitVectors;
import io.voxtag.scoring.diarization.Naming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names voices: those of enrolled speakers by their names, one to one, others speaker-1, speaker-2
 * and so on, which go on over the channels of a recording. Not thread-safe.
 */
public final class VoiceNames {

  private final List<String> known;
  private final List<float[]> voices;
  private final List<CohortStatistics> statistics;
  private final ScoreNorm norm;
  private final double threshold;
  private int strangers;

  /**
   * @param library enrolled voices by speaker: unit vectors
   * @param norm how scores are normalised
   * @param threshold score that a voice must exceed to be that of an enrolled speaker
   */
  public VoiceNames(Map<String, float[]> library, ScoreNorm norm, double threshold) {
    // In the order of names, so that equal scores are always decided alike.
    Map<String, float[]> sorted = new TreeMap<>(library);
    this.known = List.copyOf(sorted.keySet());
    this.voices = List.copyOf(sorted.values());
    this.norm = norm;
    this.statistics = norm.ofAll(voices);
    this.threshold = threshold;
  }

  /**
   * A name.
   *
   * @param known whether it is that of an enrolled speaker
   * @param score normalised score of that speaker, otherwise of the most similar one; null without
   *     a library
   */
  record Name(String name, boolean known, @Nullable Double score) {}

  /** Names the voices of a channel, in their order. */
  List<Name> of(List<float[]> groups) {
    double[][] scores = new double[groups.size()][voices.size()];
    for (int i = 0; i < scores.length; i++) {
      CohortStatistics own = norm.of(groups.get(i));
      for (int j = 0; j < scores[i].length; j++) {
        double cosine = UnitVectors.cosine(groups.get(i), voices.get(j));
        scores[i][j] = own.normalise(cosine, statistics.get(j));
      }
    }
    int[] assigned = Naming.assign(scores, threshold);
    List<Name> names = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      names.add(
          assigned[i] == Naming.NOBODY
              ? new Name(stranger(), false, best(scores[i]))
              : new Name(known.get(assigned[i]), true, scores[i][assigned[i]]));
    }
    return names;
  }

  private String stranger() {
    String name;
    do {
      name = "speaker-" + ++strangers;
    } while (known.contains(name));
    return name;
  }

  private static @Nullable Double best(double[] scores) {
    Double best = null;
    for (double score : scores) {
      best = best == null || score > best ? score : best;
    }
    return best;
  }
}
