package io.voxtag.trainer.judge;

import io.voxtag.evaluation.Trial;
import io.voxtag.evaluation.TrialList;
import io.voxtag.trainer.run.Recording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Questions that models are compared on.
 *
 * @param name what reports call it; of fixed lists the name of the file, of held-out speakers
 *     {@code held-out} or {@code held-out.SOURCE}
 * @param trials in order
 */
public record TrialSet(String name, List<Question> trials) {

  /** So many pairs tell as much as all of them. */
  private static final int MOST_PAIRS = 200_000;

  /**
   * Is the voice in a recording that of others?
   *
   * @param voice name of the enrolled voice
   * @param enrolled recordings that the voice is made of
   * @param test recording that is compared with it
   * @param target whether it really is
   */
  public record Question(String voice, List<Path> enrolled, Path test, boolean target) {}

  public TrialSet {
    trials = List.copyOf(trials);
  }

  /** The trials of a list. */
  static TrialSet of(String name, TrialList list, Path root) {
    List<Question> questions = new ArrayList<>();
    for (Trial trial : list.trials()) {
      List<Path> enrolled = list.models().get(trial.model()).stream().map(root::resolve).toList();
      questions.add(
          new Question(trial.model(), enrolled, root.resolve(trial.test()), trial.target()));
    }
    return new TrialSet(name, questions);
  }

  /**
   * All pairs of recordings, and those of each source where there are several; only sets that have
   * pairs of both kinds.
   */
  static List<TrialSet> heldOut(List<Recording> recordings) {
    Map<String, List<Question>> bySource = new TreeMap<>();
    List<Question> all = new ArrayList<>();
    // With a step, so that what is left out is spread over all speakers.
    long pairs = (long) recordings.size() * (recordings.size() - 1) / 2;
    long step = Math.max(1, pairs / MOST_PAIRS);
    long number = 0;
    for (int i = 0; i < recordings.size(); i++) {
      for (int j = i + 1; j < recordings.size(); j++) {
        Recording enrolled = recordings.get(i);
        Recording test = recordings.get(j);
        boolean target = enrolled.speaker().equals(test.speaker());
        if (!target && number++ % step != 0) {
          continue;
        }
        Question question =
            new Question(enrolled.speaker(), List.of(enrolled.file()), test.file(), target);
        all.add(question);
        bySource.computeIfAbsent(test.source(), source -> new ArrayList<>()).add(question);
      }
    }
    List<TrialSet> sets = new ArrayList<>();
    sets.add(new TrialSet("held-out", all));
    if (bySource.size() > 1) {
      bySource.forEach(
          (source, questions) -> sets.add(new TrialSet("held-out." + source, questions)));
    }
    sets.removeIf(set -> !set.hasBothKinds());
    return sets;
  }

  private boolean hasBothKinds() {
    return trials.stream().anyMatch(Question::target)
        && trials.stream().anyMatch(question -> !question.target());
  }
}
