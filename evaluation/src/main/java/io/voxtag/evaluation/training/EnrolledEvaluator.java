package io.voxtag.evaluation.training;

import io.voxtag.evaluation.MeanVoice;
import io.voxtag.scoring.TrialScores;
import io.voxtag.scoring.UnitVectors;
import io.voxtag.voiceprint.training.Evaluator;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compares each recording of a list with the mean voice of each speaker of another list. */
final class EnrolledEvaluator implements Evaluator {
  private final TrainingList enrolments;
  private final TrainingList trials;

  EnrolledEvaluator(TrainingList enrolments, TrainingList trials) {
    this.enrolments = enrolments;
    this.trials = trials;
  }

  @Override
  public Quality evaluate(Embedder embedder) throws IOException {
    Map<Path, float[]> vectors =
        embedder.embed(
            Stream.concat(enrolments.utterances().stream(), trials.utterances().stream())
                .map(TrainingList.Utterance::file)
                .distinct()
                .toList());
    Map<String, float[]> voices = voices(vectors);
    TrialScores scores = new TrialScores();
    for (TrainingList.Utterance trial : trials.utterances()) {
      float[] vector = vectors.get(trial.file());
      if (vector != null) {
        String speaker = trials.speakers().get(trial.speaker());
        voices.forEach(
            (name, voice) -> scores.add(UnitVectors.cosine(voice, vector), name.equals(speaker)));
      }
    }
    return Qualities.of(scores);
  }

  private Map<String, float[]> voices(Map<Path, float[]> vectors) {
    Map<String, List<float[]>> bySpeaker = new LinkedHashMap<>();
    for (TrainingList.Utterance enrolment : enrolments.utterances()) {
      float[] vector = vectors.get(enrolment.file());
      if (vector != null) {
        bySpeaker
            .computeIfAbsent(
                enrolments.speakers().get(enrolment.speaker()), name -> new ArrayList<>())
            .add(vector);
      }
    }
    Map<String, float[]> voices = new LinkedHashMap<>();
    bySpeaker.forEach((name, list) -> voices.put(name, MeanVoice.of(list)));
    return voices;
  }
}
