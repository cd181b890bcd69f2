package io.voxtag.standalone.evaluate;

import io.voxtag.scoring.TrialScores;
import io.voxtag.scoring.UnitVectors;
import io.voxtag.scoring.VerificationMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Scores trials with a model by cosine. Each recording is read and embedded once. */
public final class Evaluation {

  private final FileEmbedder embedder;
  private final Path root;
  private final Progress progress;

  /**
   * @param root folder that the paths of the lists begin at
   */
  public Evaluation(FileEmbedder embedder, Path root, Progress progress) {
    this.embedder = embedder;
    this.root = root;
    this.progress = progress;
  }

  /** Is told how far the work is. */
  @FunctionalInterface
  public interface Progress {
    void at(int done, int all);
  }

  /**
   * Scores all trials.
   *
   * @throws TrialAudioException if a recording cannot be used; it names the first trial with it
   * @throws io.voxtag.scoring.InvalidTrialsException if there is no trial of one of the two kinds
   */
  public VerificationMetrics run(TrialList list) {
    Map<String, float[]> recordings = embedAll(list);
    Map<String, float[]> models = new HashMap<>();
    list.models()
        .forEach(
            (model, files) -> {
              // Models that no trial asks for were not embedded.
              if (recordings.keySet().containsAll(files)) {
                models.put(model, MeanVoice.of(files.stream().map(recordings::get).toList()));
              }
            });
    TrialScores scores = new TrialScores();
    for (Trial trial : list.trials()) {
      float[] model = models.get(trial.model());
      scores.add(UnitVectors.cosine(model, recordings.get(trial.test())), trial.target());
    }
    return scores.metrics();
  }

  private Map<String, float[]> embedAll(TrialList list) {
    Map<String, Trial> needed = new LinkedHashMap<>();
    for (Trial trial : list.trials()) {
      list.models().get(trial.model()).forEach(file -> needed.putIfAbsent(file, trial));
      needed.putIfAbsent(trial.test(), trial);
    }
    Map<String, float[]> vectors = new HashMap<>();
    needed.forEach(
        (file, trial) -> {
          try {
            vectors.put(file, embedder.embed(root.resolve(file)));
          } catch (IOException e) {
            throw new TrialAudioException(list, trial, e);
          }
          progress.at(vectors.size(), needed.size());
        });
    return vectors;
  }
}
