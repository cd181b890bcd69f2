package io.voxtag.standalone.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scores trials with a model. Each recording is read and embedded once. */
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
   * The scores of a list.
   *
   * @param targets cosines of the trials with the same speaker, -1 to 1
   * @param nonTargets cosines of the others
   */
  @SuppressWarnings("ArrayRecordComponent") // a result that is handed on and not kept
  public record Scores(double[] targets, double[] nonTargets) {}

  /**
   * Scores all trials.
   *
   * @throws TrialAudioException if a recording cannot be used; it names the first trial with it
   */
  public Scores run(TrialList list) {
    Map<String, float[]> recordings = embedAll(list);
    Map<String, float[]> models = new HashMap<>();
    list.models()
        .forEach(
            (model, files) -> {
              // Models that no trial asks for were not embedded.
              if (recordings.keySet().containsAll(files)) {
                models.put(model, UnitVectors.mean(files.stream().map(recordings::get).toList()));
              }
            });
    List<Double> targets = new ArrayList<>();
    List<Double> nonTargets = new ArrayList<>();
    for (Trial trial : list.trials()) {
      double score = UnitVectors.cosine(models.get(trial.model()), recordings.get(trial.test()));
      (trial.target() ? targets : nonTargets).add(score);
    }
    return new Scores(toArray(targets), toArray(nonTargets));
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

  private static double[] toArray(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
