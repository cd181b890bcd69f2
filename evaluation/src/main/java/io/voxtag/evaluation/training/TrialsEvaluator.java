package io.voxtag.evaluation.training;

import io.voxtag.evaluation.MeanVoice;
import io.voxtag.evaluation.Trial;
import io.voxtag.evaluation.TrialList;
import io.voxtag.scoring.TrialScores;
import io.voxtag.scoring.UnitVectors;
import io.voxtag.voiceprint.training.Evaluator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Scores a list of trials; those with a recording that cannot be read are left out. */
final class TrialsEvaluator implements Evaluator {
  private final TrialList list;
  private final Path root;

  TrialsEvaluator(TrialList list, Path root) {
    this.list = list;
    this.root = root;
  }

  @Override
  public Quality evaluate(Embedder embedder) throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    for (Trial trial : list.trials()) {
      list.models().get(trial.model()).forEach(file -> files.add(root.resolve(file)));
      files.add(root.resolve(trial.test()));
    }
    Map<Path, float[]> vectors = embedder.embed(files);
    Map<String, float[]> models = new HashMap<>();
    list.models()
        .forEach(
            (name, recordings) -> {
              List<float[]> known =
                  recordings.stream()
                      .map(file -> vectors.get(root.resolve(file)))
                      .filter(Objects::nonNull)
                      .toList();
              if (!known.isEmpty()) {
                models.put(name, MeanVoice.of(known));
              }
            });
    TrialScores scores = new TrialScores();
    for (Trial trial : list.trials()) {
      float[] model = models.get(trial.model());
      float[] test = vectors.get(root.resolve(trial.test()));
      if (model != null && test != null) {
        scores.add(UnitVectors.cosine(model, test), trial.target());
      }
    }
    return Qualities.of(scores);
  }
}
