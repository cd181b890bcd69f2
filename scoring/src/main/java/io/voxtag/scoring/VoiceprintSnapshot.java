package io.voxtag.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The voiceprints of a {@link VoiceprintIndex} at one moment. Immutable and thread-safe. */
public final class VoiceprintSnapshot {

  private final int dimension;
  private final ScoreNorm norm;
  private final List<VoiceprintBlock> blocks;
  private final int size;
  private final String version;

  VoiceprintSnapshot(
      int dimension, ScoreNorm norm, List<VoiceprintBlock> blocks, int size, String version) {
    this.dimension = dimension;
    this.norm = norm;
    this.blocks = blocks;
    this.size = size;
    this.version = version;
  }

  static VoiceprintSnapshot empty(int dimension, ScoreNorm norm) {
    return new VoiceprintSnapshot(dimension, norm, List.of(), 0, "");
  }

  List<VoiceprintBlock> blocks() {
    return blocks;
  }

  /** Floats in a voiceprint. */
  public int dimension() {
    return dimension;
  }

  /** Speakers in it. */
  public int size() {
    return size;
  }

  /** What the last change was called; empty before the first one. */
  public String version() {
    return version;
  }

  /**
   * The speakers whose voiceprints are most alike by cosine, best first; equal scores in the order
   * of their names.
   *
   * @param vector of unit length and of this index's dimension
   * @param most how many at most
   */
  public List<Candidate> nearest(float[] vector, int most) {
    return best(vector, CohortStatistics.NEUTRAL, ScoreNorm.NONE, most);
  }

  /**
   * The speakers that the vector is most likely of, best first, with scores on the scale of the
   * index: what {@link DecisionProfile#threshold()} is for. The same as {@link #nearest} where the
   * index does not normalise.
   *
   * @param vector of unit length and of this index's dimension
   * @param most how many at most
   */
  public List<Candidate> matches(float[] vector, int most) {
    return best(vector, size == 0 ? CohortStatistics.NEUTRAL : norm.of(vector), norm, most);
  }

  private List<Candidate> best(
      float[] vector, CohortStatistics statistics, ScoreNorm scale, int most) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "A vector of " + vector.length + " floats; this index holds " + dimension);
    }
    Best best = new Best(Math.min(most, size));
    float[] scores = new float[VoiceprintBlock.ROWS];
    int left = size;
    for (VoiceprintBlock block : blocks) {
      int rows = Math.min(left, VoiceprintBlock.ROWS);
      block.score(vector, scores);
      if (scale != ScoreNorm.NONE) {
        block.normalise(statistics, scores, rows);
      }
      best.offer(block, scores, rows);
      left -= VoiceprintBlock.ROWS;
    }
    return best.candidates();
  }

  /** The voiceprint of a speaker, found by looking through all of them. */
  public Optional<float[]> voiceprint(String speaker) {
    for (int row = 0; row < size; row++) {
      VoiceprintBlock block = blocks.get(row / VoiceprintBlock.ROWS);
      if (block.speaker(row % VoiceprintBlock.ROWS).equals(speaker)) {
        return Optional.of(block.voiceprint(row % VoiceprintBlock.ROWS));
      }
    }
    return Optional.empty();
  }

  /** All voiceprints by speaker: a copy. */
  public Map<String, float[]> voiceprints() {
    Map<String, float[]> all = new LinkedHashMap<>();
    for (int row = 0; row < size; row++) {
      VoiceprintBlock block = blocks.get(row / VoiceprintBlock.ROWS);
      int inBlock = row % VoiceprintBlock.ROWS;
      all.put(block.speaker(inBlock), block.voiceprint(inBlock));
    }
    return all;
  }

  /** The best scores so far, kept in falling order. */
  private static final class Best {

    private final float[] scores;
    private final String[] speakers;
    private int count;

    Best(int capacity) {
      scores = new float[capacity];
      speakers = new String[capacity];
      Arrays.fill(speakers, "");
    }

    void offer(VoiceprintBlock block, float[] rowScores, int rows) {
      if (scores.length == 0) {
        return;
      }
      for (int row = 0; row < rows; row++) {
        if (count < scores.length || rowScores[row] >= scores[count - 1]) {
          insert(rowScores[row], block.speaker(row));
        }
      }
    }

    private void insert(float score, String speaker) {
      int at = count;
      while (at > 0 && before(score, speaker, at - 1)) {
        at--;
      }
      if (at == scores.length) {
        return;
      }
      int moved = Math.min(count, scores.length - 1) - at;
      System.arraycopy(scores, at, scores, at + 1, moved);
      System.arraycopy(speakers, at, speakers, at + 1, moved);
      scores[at] = score;
      speakers[at] = speaker;
      count = Math.min(count + 1, scores.length);
    }

    private boolean before(float score, String speaker, int at) {
      return score > scores[at] || (score == scores[at] && speaker.compareTo(speakers[at]) < 0);
    }

    List<Candidate> candidates() {
      List<Candidate> candidates = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        candidates.add(new Candidate(speakers[i], scores[i]));
      }
      return List.copyOf(candidates);
    }
  }
}
