package io.voxtag.standalone.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Draws as many pairs of one speaker as of two, no pair twice. Equal seeds draw the same. Pairs of
 * one speaker take the speakers in turn, so that one with many recordings does not decide the
 * result.
 */
public final class TrialDraw {

  /** A pair of utterances. */
  public record Pair(boolean same, Dataset.Utterance first, Dataset.Utterance second) {}

  private final List<List<Dataset.Utterance>> speakers;
  private final Random random;

  private TrialDraw(List<List<Dataset.Utterance>> speakers, long seed) {
    this.speakers = speakers;
    this.random = new Random(seed);
  }

  /**
   * Draws pairs, in mixed order.
   *
   * @param most pairs of each kind; fewer where there are not as many
   * @throws DatasetException if there are no two speakers, or none with two recordings
   */
  public static List<Pair> draw(List<Dataset.Utterance> utterances, int most, long seed) {
    Map<String, List<Dataset.Utterance>> bySpeaker = new TreeMap<>();
    utterances.forEach(
        u -> bySpeaker.computeIfAbsent(u.speaker(), name -> new ArrayList<>()).add(u));
    long one = bySpeaker.values().stream().mapToLong(own -> pairs(own.size())).sum();
    long two = pairs(utterances.size()) - one;
    if (one == 0 || two == 0) {
      throw new DatasetException(
          "trials need two speakers, one of them with two recordings; there are %d with %d"
              .formatted(bySpeaker.size(), utterances.size()));
    }
    TrialDraw draw = new TrialDraw(List.copyOf(bySpeaker.values()), seed);
    int count = (int) Math.min(most, Math.min(one, two));
    List<Pair> pairs = new ArrayList<>(draw.same(count));
    pairs.addAll(draw.different(utterances, count));
    Collections.shuffle(pairs, draw.random);
    return pairs;
  }

  private static long pairs(long count) {
    return count * (count - 1) / 2;
  }

  private List<Pair> same(int count) {
    List<List<Pair>> all = new ArrayList<>();
    for (List<Dataset.Utterance> own : speakers) {
      if (own.size() > 1) {
        all.add(samePairs(own, count));
      }
    }
    Collections.shuffle(all, random);
    List<Pair> drawn = new ArrayList<>();
    for (int round = 0; drawn.size() < count; round++) {
      for (List<Pair> own : all) {
        if (round < own.size() && drawn.size() < count) {
          drawn.add(own.get(round));
        }
      }
    }
    return drawn;
  }

  /** Pairs of one speaker in random order, at most {@code count}. */
  private List<Pair> samePairs(List<Dataset.Utterance> own, int count) {
    Set<Long> numbers = new LinkedHashSet<>();
    long wanted = Math.min(count, pairs(own.size()));
    if (2 * wanted > pairs(own.size())) {
      List<Long> every = new ArrayList<>();
      for (int a = 0; a < own.size(); a++) {
        for (int b = a + 1; b < own.size(); b++) {
          every.add(number(a, b));
        }
      }
      Collections.shuffle(every, random);
      numbers.addAll(every.subList(0, (int) wanted));
    }
    while (numbers.size() < wanted) {
      int a = random.nextInt(own.size());
      int b = random.nextInt(own.size());
      if (a != b) {
        numbers.add(number(Math.min(a, b), Math.max(a, b)));
      }
    }
    return numbers.stream()
        .map(n -> new Pair(true, own.get((int) (n >> Integer.SIZE)), own.get(n.intValue())))
        .toList();
  }

  private List<Pair> different(List<Dataset.Utterance> utterances, int count) {
    Set<Long> numbers = new LinkedHashSet<>();
    // Pairs of two speakers are by far the most wherever there are more than a few speakers.
    while (numbers.size() < count) {
      int a = random.nextInt(utterances.size());
      int b = random.nextInt(utterances.size());
      if (!utterances.get(a).speaker().equals(utterances.get(b).speaker())) {
        numbers.add(number(Math.min(a, b), Math.max(a, b)));
      }
    }
    return numbers.stream()
        .map(
            n ->
                new Pair(
                    false, utterances.get((int) (n >> Integer.SIZE)), utterances.get(n.intValue())))
        .toList();
  }

  private static long number(int a, int b) {
    return (long) a << Integer.SIZE | b;
  }
}
