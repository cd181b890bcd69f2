package io.voxtag.evaluation;

import io.voxtag.evaluation.SpeakerList.Entry;
import io.voxtag.scoring.CohortStatistics;
import io.voxtag.scoring.IdentificationMetrics;
import io.voxtag.scoring.IdentificationScores;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.scoring.ScoreNormProfile.Method;
import io.voxtag.scoring.VectorMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Open-set identification on labelled recordings. Half of the speakers are enrolled, each from one
 * recording; their other recordings are searches for enrolled voices, all recordings of the other
 * half are searches for strangers. That is repeated with other halves, and the searches of all
 * repetitions are pooled.
 */
public final class OpenSet {

  private static final int[] STEPS = {5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000};

  private final Map<String, List<Voice>> speakers = new TreeMap<>();

  private record Voice(
      Entry entry,
      float[] enrolled,
      CohortStatistics enrolledStatistics,
      float[] tested,
      CohortStatistics testedStatistics) {}

  /**
   * Recordings that lack one of the two voices are not used.
   *
   * @param enrolled by recording the voice that it enrols
   * @param tested by recording the voice that is searched for
   */
  OpenSet(
      List<Entry> entries,
      Map<String, float[]> enrolled,
      Map<String, float[]> tested,
      ScoreNorm norm) {
    List<Entry> usable =
        entries.stream()
            .filter(entry -> enrolled.containsKey(entry.recording()))
            .filter(entry -> tested.containsKey(entry.recording()))
            .toList();
    Voices rows = Voices.of(usable.stream().map(e -> enrolled.get(e.recording())).toList(), norm);
    Voices columns = Voices.of(usable.stream().map(e -> tested.get(e.recording())).toList(), norm);
    for (int i = 0; i < usable.size(); i++) {
      Voice voice =
          new Voice(
              usable.get(i),
              rows.vectors().get(i),
              rows.statistics().get(i),
              columns.vectors().get(i),
              columns.statistics().get(i));
      speakers.computeIfAbsent(voice.entry().speaker(), speaker -> new ArrayList<>()).add(voice);
    }
  }

  /** The sizes of galleries that these speakers allow: 5, 10, 20, ... and their half. */
  public List<Integer> sizes() {
    int half = speakers.size() / 2;
    List<Integer> sizes = new ArrayList<>();
    for (int step : STEPS) {
      if (step < half) {
        sizes.add(step);
      }
    }
    if (half > 0) {
      sizes.add(half);
    }
    return sizes;
  }

  /**
   * The rates by size of the gallery.
   *
   * @param scale of the scores that searches go by
   * @param sizes each from 1 to half of the speakers
   * @param splits how often the speakers are split anew, at least 1
   * @param seed of the splits: the same one gives the same splits
   * @throws io.voxtag.scoring.InvalidTrialsException if there are no searches of one kind
   * @throws IllegalArgumentException if a size is out of its range
   */
  public Map<Integer, IdentificationMetrics> run(
      Method scale, List<Integer> sizes, int splits, long seed) {
    int half = speakers.size() / 2;
    Map<Integer, IdentificationScores> scores = new LinkedHashMap<>();
    for (int size : sizes) {
      if (size < 1 || size > half) {
        throw new IllegalArgumentException(
            "a gallery of %d speakers; the list has %d speakers, half of whom can be enrolled"
                .formatted(size, speakers.size()));
      }
      scores.put(size, new IdentificationScores());
    }
    Random random = new Random(seed);
    for (int split = 0; split < splits; split++) {
      search(scale, random, half, scores);
    }
    Map<Integer, IdentificationMetrics> metrics = new LinkedHashMap<>();
    scores.forEach((size, collected) -> metrics.put(size, collected.metrics()));
    return metrics;
  }

  private void search(
      Method scale, Random random, int half, Map<Integer, IdentificationScores> scores) {
    List<String> shuffled = new ArrayList<>(speakers.keySet());
    Collections.shuffle(shuffled, random);
    List<Voice> gallery = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    for (String speaker : shuffled.subList(0, half)) {
      List<Voice> voices = speakers.get(speaker);
      places.put(speaker, gallery.size());
      gallery.add(voices.get(random.nextInt(voices.size())));
    }
    List<Voice> probes = new ArrayList<>();
    for (String speaker : shuffled) {
      Integer place = places.get(speaker);
      for (Voice voice : speakers.get(speaker)) {
        if (place == null || searchable(voice, gallery.get(place))) {
          probes.add(voice);
        }
      }
    }
    VectorMatrix.of(gallery.stream().map(Voice::enrolled).toList())
        .compare(
            probes.stream().map(Voice::tested).toList(),
            (probe, cosines) -> {
              synchronized (scores) {
                add(scale, probes.get(probe), places, gallery, cosines, scores);
              }
            });
  }

  private static boolean searchable(Voice probe, Voice enrolled) {
    return probe != enrolled && !probe.entry().sameSession(enrolled.entry());
  }

  /** A smaller gallery is the start of a larger one. */
  private static void add(
      Method scale,
      Voice probe,
      Map<String, Integer> places,
      List<Voice> gallery,
      float[] cosines,
      Map<Integer, IdentificationScores> scores) {
    int place = places.getOrDefault(probe.entry().speaker(), -1);
    scores.forEach(
        (size, collected) -> {
          if (place >= size) {
            return;
          }
          int best = -1;
          double bestScore = Double.NEGATIVE_INFINITY;
          for (int i = 0; i < size; i++) {
            double score =
                scale == Method.NONE
                    ? cosines[i]
                    : gallery
                        .get(i)
                        .enrolledStatistics()
                        .normalise(cosines[i], probe.testedStatistics());
            if (score > bestScore) {
              best = i;
              bestScore = score;
            }
          }
          if (place < 0) {
            collected.addNonMated(bestScore);
          } else {
            collected.addMated(bestScore, best == place);
          }
        });
  }
}
