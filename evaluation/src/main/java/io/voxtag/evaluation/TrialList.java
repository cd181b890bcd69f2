package io.voxtag.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trials, and what their models are made of. A trial is a line {@code label model recording}, label
 * 1 for the same speaker and 0 for another one; an enrolment is a line {@code model recording...}.
 * Words are separated by blanks or tabs, empty lines are skipped.
 *
 * @param file where the trials were read from
 * @param trials all of them, in order
 * @param models recordings of each model; a model without an enrolment list is its one recording
 */
public record TrialList(Path file, List<Trial> trials, Map<String, List<String>> models) {

  private static final int TRIAL_WORDS = 3;

  public TrialList {
    trials = List.copyOf(trials);
    models = Map.copyOf(models);
  }

  /**
   * Reads trials whose models are recordings themselves.
   *
   * @throws TrialListException if a line is malformed, or there is none
   * @throws IOException if the file cannot be read
   */
  public static TrialList read(Path file) throws IOException {
    List<Trial> trials = trials(file);
    Map<String, List<String>> models = new LinkedHashMap<>();
    trials.forEach(trial -> models.putIfAbsent(trial.model(), List.of(trial.model())));
    return new TrialList(file, trials, models);
  }

  /**
   * Reads trials whose models are named by an enrolment list.
   *
   * @throws TrialListException also if a trial names a model that is not enrolled
   */
  public static TrialList read(Path file, Path enrolments) throws IOException {
    List<Trial> trials = trials(file);
    Map<String, List<String>> models = models(enrolments);
    for (Trial trial : trials) {
      if (!models.containsKey(trial.model())) {
        throw new TrialListException(
            file, trial.line(), "no model %s in %s".formatted(trial.model(), enrolments));
      }
    }
    return new TrialList(file, trials, models);
  }

  /** The recordings that the trials need for their models, each with the first trial that does. */
  Map<String, ListLine> enrolled() {
    Map<String, ListLine> files = new LinkedHashMap<>();
    for (Trial trial : trials) {
      models.get(trial.model()).forEach(recording -> files.putIfAbsent(recording, line(trial)));
    }
    return files;
  }

  /** The recordings that are compared with models, each with its first trial. */
  Map<String, ListLine> tested() {
    Map<String, ListLine> files = new LinkedHashMap<>();
    trials.forEach(trial -> files.putIfAbsent(trial.test(), line(trial)));
    return files;
  }

  private ListLine line(Trial trial) {
    return new ListLine(file, trial.line(), trial.model() + " " + trial.test());
  }

  private static List<Trial> trials(Path file) throws IOException {
    List<Trial> trials = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String[] words = lines.get(i).strip().split("\\s+");
      if (words.length != TRIAL_WORDS || !words[0].matches("[01]")) {
        throw new TrialListException(
            file,
            i + 1,
            "expected 'label model recording' with label 0 or 1, got '%s'".formatted(lines.get(i)));
      }
      trials.add(new Trial(i + 1, words[0].equals("1"), words[1], words[2]));
    }
    if (trials.isEmpty()) {
      throw new TrialListException(file, "no trials in it");
    }
    return trials;
  }

  private static Map<String, List<String>> models(Path file) throws IOException {
    Map<String, List<String>> models = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      List<String> words = List.of(lines.get(i).strip().split("\\s+"));
      if (words.size() < 2) {
        throw new TrialListException(file, i + 1, "expected 'model recording...'");
      }
      if (models.putIfAbsent(words.get(0), words.subList(1, words.size())) != null) {
        throw new TrialListException(
            file, i + 1, "the model %s is enrolled twice".formatted(words.get(0)));
      }
    }
    return models;
  }
}
