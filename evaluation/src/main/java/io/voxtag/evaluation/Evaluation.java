package io.voxtag.evaluation;

import io.voxtag.evaluation.SpeakerList.Entry;
import io.voxtag.scoring.CohortStatistics;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.scoring.TrialScores;
import io.voxtag.scoring.UnitVectors;
import io.voxtag.scoring.VectorMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores trials with a model, by cosine and by normalised score. Each recording is read and
 * embedded once for each side that it is on.
 */
public final class Evaluation {

  private final FileEmbedder enrolling;
  private final FileEmbedder testing;
  private final Path root;
  private final ScoreNorm norm;
  private final Progress progress;

  /**
   * An evaluation on whole recordings.
   *
   * @param root folder that the paths of the lists begin at
   * @param norm how scores are normalised; {@link ScoreNorm#NONE} for cosines only
   */
  public Evaluation(FileEmbedder embedder, Path root, ScoreNorm norm, Progress progress) {
    this(embedder, embedder, root, norm, progress);
  }

  /**
   * An evaluation that treats the two sides differently. Where an embedder finds too little speech,
   * the trials are left out.
   *
   * @param enrolling embeds what models are made of, and the first recording of a pair
   * @param testing embeds what is compared with them
   */
  public Evaluation(
      FileEmbedder enrolling, FileEmbedder testing, Path root, ScoreNorm norm, Progress progress) {
    this.enrolling = enrolling;
    this.testing = testing;
    this.root = root;
    this.norm = norm;
    this.progress = progress;
  }

  /** Is told how far the work is. */
  @FunctionalInterface
  public interface Progress {
    void at(int done, int all);
  }

  /**
   * Scores all trials of a list.
   *
   * @throws TrialAudioException if a recording cannot be used; it names the first trial with it
   * @throws io.voxtag.scoring.InvalidTrialsException if there is no trial of one of the two kinds
   */
  public ScoredTrials run(TrialList list) {
    long start = System.nanoTime();
    Sides sides = embed(list.enrolled(), list.tested());
    long embedded = System.nanoTime();
    Map<String, Side> models = new HashMap<>();
    list.models()
        .forEach(
            (model, files) -> {
              // Models that no trial asks for were not embedded.
              if (sides.enrolled().keySet().containsAll(files)) {
                models.put(
                    model, side(MeanVoice.of(files.stream().map(sides.enrolled()::get).toList())));
              }
            });
    Map<String, Side> tests = new HashMap<>();
    sides.tested().forEach((file, voice) -> tests.put(file, side(voice)));
    PairScores scores = new PairScores(norm);
    long leftOut = 0;
    for (Trial trial : list.trials()) {
      Side model = models.get(trial.model());
      Side test = tests.get(trial.test());
      if (model == null || test == null) {
        leftOut++;
        continue;
      }
      scores.add(
          UnitVectors.cosine(model.voice(), test.voice()),
          model.statistics(),
          test.statistics(),
          trial.target());
    }
    return scores.scored(leftOut, effort(sides, start, embedded, list.trials().size() - leftOut));
  }

  /**
   * Scores every pair of recordings of a list once, the earlier one as the enrolled one; pairs of
   * one session are left out.
   *
   * @throws TrialAudioException if a recording cannot be used; it names its line
   * @throws io.voxtag.scoring.InvalidTrialsException if there is no pair of one of the two kinds
   */
  public ScoredTrials run(SpeakerList list) {
    long start = System.nanoTime();
    Sides sides = embed(list.recordings(), list.recordings());
    long embedded = System.nanoTime();
    List<Entry> rows = present(list, sides.enrolled());
    List<Entry> columns = present(list, sides.tested());
    Voices enrolled =
        Voices.of(rows.stream().map(row -> sides.enrolled().get(row.recording())).toList(), norm);
    Voices tested =
        Voices.of(columns.stream().map(row -> sides.tested().get(row.recording())).toList(), norm);
    PairScores scores = new PairScores(norm);
    VectorMatrix.of(enrolled.vectors())
        .compare(
            tested.vectors(),
            (column, cosines) -> {
              Entry test = columns.get(column);
              synchronized (scores) {
                for (int row = 0; row < rows.size() && rows.get(row).line() < test.line(); row++) {
                  if (!rows.get(row).sameSession(test)) {
                    scores.add(
                        cosines[row],
                        enrolled.statistics().get(row),
                        tested.statistics().get(column),
                        rows.get(row).speaker().equals(test.speaker()));
                  }
                }
              }
            });
    long pairs = (long) list.entries().size() * (list.entries().size() - 1) / 2;
    return scores.scored(pairs - scores.count(), effort(sides, start, embedded, scores.count()));
  }

  /**
   * The voices of a list for open-set identification.
   *
   * @throws TrialAudioException if a recording cannot be used; it names its line
   */
  public OpenSet openSet(SpeakerList list) {
    Sides sides = embed(list.recordings(), list.recordings());
    return new OpenSet(list.entries(), sides.enrolled(), sides.tested(), norm);
  }

  private static List<Entry> present(SpeakerList list, Map<String, float[]> voices) {
    List<Entry> present = new ArrayList<>(list.entries());
    present.removeIf(entry -> !voices.containsKey(entry.recording()));
    return present;
  }

  private record Side(float[] voice, CohortStatistics statistics) {}

  private Side side(float[] voice) {
    return new Side(voice, norm.of(voice));
  }

  private record Sides(Map<String, float[]> enrolled, Map<String, float[]> tested) {

    int recordings() {
      return enrolled == tested ? enrolled.size() : enrolled.size() + tested.size();
    }
  }

  private Sides embed(Map<String, ListLine> enrolled, Map<String, ListLine> tested) {
    Recordings recordings = new Recordings(root, progress);
    if (enrolling != testing) {
      return new Sides(recordings.embed(enrolled, enrolling), recordings.embed(tested, testing));
    }
    Map<String, ListLine> all = new HashMap<>(enrolled);
    tested.forEach(
        (file, line) -> all.merge(file, line, (a, b) -> a.number() <= b.number() ? a : b));
    Map<String, float[]> voices = recordings.embed(inOrder(all), enrolling);
    return new Sides(voices, voices);
  }

  /** So that the first line with a broken recording is the one that is named. */
  private static Map<String, ListLine> inOrder(Map<String, ListLine> lines) {
    Map<String, ListLine> sorted = new LinkedHashMap<>();
    lines.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().number()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private static Effort effort(Sides sides, long start, long embedded, long comparisons) {
    return new Effort(
        sides.recordings(),
        (embedded - start) / 1e9,
        comparisons,
        (System.nanoTime() - embedded) / 1e9);
  }

  /** The scores of pairs on both scales. */
  private static final class PairScores {

    private final ScoreNorm norm;
    private final TrialScores cosines = new TrialScores();
    private final TrialScores normalised = new TrialScores();

    PairScores(ScoreNorm norm) {
      this.norm = norm;
    }

    void add(double cosine, CohortStatistics a, CohortStatistics b, boolean target) {
      cosines.add(cosine, target);
      if (norm != ScoreNorm.NONE) {
        normalised.add(a.normalise(cosine, b), target);
      }
    }

    long count() {
      return (long) cosines.targets() + cosines.nonTargets();
    }

    ScoredTrials scored(long leftOut, Effort effort) {
      return new ScoredTrials(
          cosines.metrics(),
          norm == ScoreNorm.NONE ? Optional.empty() : Optional.of(normalised.metrics()),
          leftOut,
          effort);
    }
  }
}
