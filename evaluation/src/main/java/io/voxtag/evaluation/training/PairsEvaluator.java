package io.voxtag.evaluation.training;

import io.voxtag.scoring.TrialScores;
import io.voxtag.scoring.UnitVectors;
import io.voxtag.voiceprint.training.Evaluator;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares all recordings of a list with each other. */
final class PairsEvaluator implements Evaluator {
  private final TrainingList list;

  PairsEvaluator(TrainingList list) {
    this.list = list;
  }

  @Override
  public Quality evaluate(Embedder embedder) throws IOException {
    List<TrainingList.Utterance> all = list.utterances();
    Map<Path, float[]> vectors =
        embedder.embed(all.stream().map(TrainingList.Utterance::file).distinct().toList());
    List<TrainingList.Utterance> usable = new ArrayList<>(all);
    usable.removeIf(utterance -> !vectors.containsKey(utterance.file()));
    TrialScores scores = new TrialScores();
    for (int i = 0; i < usable.size(); i++) {
      float[] one = vectors.get(usable.get(i).file());
      for (int j = i + 1; j < usable.size(); j++) {
        scores.add(
            UnitVectors.cosine(one, vectors.get(usable.get(j).file())),
            usable.get(i).speaker() == usable.get(j).speaker());
      }
    }
    return Qualities.of(scores);
  }
}
