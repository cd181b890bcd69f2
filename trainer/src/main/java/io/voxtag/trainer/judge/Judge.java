package io.voxtag.trainer.judge;

import io.voxtag.evaluation.Evaluation;
import io.voxtag.evaluation.FileEmbedder;
import io.voxtag.evaluation.OpenSet;
import io.voxtag.evaluation.TooLittleSpeechException;
import io.voxtag.evaluation.TrialList;
import io.voxtag.scoring.ClusteredTrials;
import io.voxtag.scoring.IdentificationRates;
import io.voxtag.trainer.run.Recording;
import io.voxtag.voiceprint.DeviceChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares models on the same trials: fixed lists, which are the same for every candidate, and
 * pairs of the speakers that are held out. Belongs to one thread.
 */
public final class Judge {

  private static final int SPLITS = 20;
  private static final int LEAST_SPEAKERS = 4;

  private final List<TrialSet> sets;
  private final List<Recording> heldOut;
  private final List<Double> durations;
  private final Bootstrap bootstrap;
  private final DeviceChoice device;

  /**
   * How intervals are found.
   *
   * @param replicates draws of the voices
   * @param confidence share of them inside
   * @param seed of the draws
   */
  public record Bootstrap(int replicates, double confidence, long seed) {}

  /**
   * A fixed list of trials.
   *
   * @param name what reports call it
   * @param trials the list
   * @param root folder that its paths begin at
   */
  public record FixedList(String name, TrialList trials, Path root) {}

  /**
   * Gets ready.
   *
   * @param heldOut recordings of speakers that neither model was trained on
   * @param durations seconds of speech that compared recordings are also cut to
   */
  public Judge(
      List<FixedList> lists,
      List<Recording> heldOut,
      List<Double> durations,
      Bootstrap bootstrap,
      DeviceChoice device) {
    this.sets = new ArrayList<>();
    lists.forEach(list -> sets.add(TrialSet.of(list.name(), list.trials(), list.root())));
    sets.addAll(TrialSet.heldOut(heldOut));
    this.heldOut = List.copyOf(heldOut);
    this.durations = List.copyOf(durations);
    this.bootstrap = bootstrap;
    this.device = device;
  }

  /** Whether there is anything to compare on. */
  public boolean hasTrials() {
    return !sets.isEmpty();
  }

  /**
   * Compares two models.
   *
   * @param candidate bundle of the new one
   * @param active bundle of the one in service
   * @throws IOException if a bundle or a recording cannot be used
   */
  public Judgement compare(Path candidate, Path active) throws IOException {
    try (Contestant one = Contestant.load(candidate, device);
        Contestant other = Contestant.load(active, device)) {
      List<Comparison> comparisons = new ArrayList<>();
      compare(one, other, 0, one.whole(), other.whole(), comparisons);
      for (double seconds : durations) {
        compare(one, other, seconds, one.ofFirst(seconds), other.ofFirst(seconds), comparisons);
      }
      return new Judgement(one.version(), other.version(), comparisons, identification(one, other));
    }
  }

  private void compare(
      Contestant candidate,
      Contestant active,
      double seconds,
      FileEmbedder candidateTests,
      FileEmbedder activeTests,
      List<Comparison> comparisons)
      throws IOException {
    Contestant.Scorer candidateScores = candidate.scorer(candidateTests);
    Contestant.Scorer activeScores = active.scorer(activeTests);
    for (TrialSet set : sets) {
      ClusteredTrials ours = new ClusteredTrials();
      ClusteredTrials theirs = new ClusteredTrials();
      int targets = 0;
      int count = 0;
      for (TrialSet.Question question : set.trials()) {
        try {
          double score = candidateScores.score(question);
          theirs.add(question.voice(), activeScores.score(question), question.target());
          ours.add(question.voice(), score, question.target());
          targets += question.target() ? 1 : 0;
          count++;
        } catch (TooLittleSpeechException e) {
          // The recording is shorter than that: the row counts the trials that are left.
          continue;
        }
      }
      if (targets > 0 && targets < count) {
        comparisons.add(
            new Comparison(
                set.name(),
                seconds,
                count,
                ErrorSummary.of(ours, candidate.profile().threshold(), bootstrap),
                ErrorSummary.of(theirs, active.profile().threshold(), bootstrap),
                ours.difference(
                    theirs, bootstrap.replicates(), bootstrap.confidence(), bootstrap.seed())));
      }
    }
  }

  private Optional<Identification> identification(Contestant candidate, Contestant active) {
    long speakers = heldOut.stream().map(Recording::speaker).distinct().count();
    if (speakers < LEAST_SPEAKERS) {
      return Optional.empty();
    }
    int gallery = (int) (speakers / 2);
    IdentificationRates ours = rates(candidate, gallery);
    IdentificationRates theirs = rates(active, gallery);
    return Optional.of(
        new Identification(gallery, ours.fpir(), theirs.fpir(), ours.fnir(), theirs.fnir()));
  }

  private IdentificationRates rates(Contestant model, int gallery) {
    OpenSet set =
        new Evaluation(model.whole(), Lists.ROOT, model.norm(), (done, all) -> {})
            .openSet(Lists.of(heldOut, "held-out"));
    return set.run(model.profile().scoreNorm().method(), List.of(gallery), SPLITS, bootstrap.seed())
        .get(gallery)
        .at(model.profile().threshold());
  }
}
