package io.voxtag.voiceprint.training;

import io.voxtag.voiceprint.training.data.AudioCache;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws crops with their classes. Inside a group of files that share a weight, a file is drawn in
 * proportion to the root of its length: long ones hold more, but speakers with little audio must be
 * seen too. Thread-safe.
 */
final class CropSampler {
  private final List<AudioCache.Clip> clips = new ArrayList<>();
  private final int[] labels;
  private final double[] cumulative;
  private final int classes;

  /**
   * Makes a sampler.
   *
   * @param caches one a speed; each speed has its own classes
   * @param weights by the start of a path, share of samples; empty for no groups
   */
  CropSampler(TrainingList list, List<AudioCache> caches, Map<String, Double> weights) {
    List<Integer> labelList = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    int speakers = list.speakers().size();
    for (int speed = 0; speed < caches.size(); speed++) {
      for (AudioCache.Clip clip : caches.get(speed).clips()) {
        TrainingList.Utterance utterance = list.utterances().get(clip.source());
        String group = group(utterance.path(), weights);
        if (group != null) {
          clips.add(clip);
          labelList.add(utterance.speaker() + speed * speakers);
          groups.add(group);
        }
      }
    }
    if (clips.isEmpty()) {
      throw new IllegalArgumentException(
          "no utterance is left to train on: check sampler_weights " + weights.keySet());
    }
    classes = speakers * caches.size();
    labels = labelList.stream().mapToInt(Integer::intValue).toArray();
    cumulative = cumulative(groups, weights);
  }

  private static @org.jspecify.annotations.Nullable String group(
      String path, Map<String, Double> weights) {
    if (weights.isEmpty()) {
      return "";
    }
    return weights.keySet().stream().filter(path::startsWith).findFirst().orElse(null);
  }

  private double[] cumulative(List<String> groups, Map<String, Double> weights) {
    Map<String, Double> mass = new java.util.HashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      mass.merge(groups.get(i), Math.sqrt(clips.get(i).length()), Double::sum);
    }
    double[] sums = new double[groups.size()];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      String group = groups.get(i);
      double share = weights.getOrDefault(group, 1.0) / mass.get(group);
      sum += share * Math.sqrt(clips.get(i).length());
      sums[i] = sum;
    }
    return sums;
  }

  /** Draws a crop into the target and gives its class. */
  int draw(float[] target, SplittableRandom random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    int index = Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
    crop(index, target, random);
    return labels[index];
  }

  /** Cuts a crop at random out of a clip. */
  void crop(int index, float[] target, SplittableRandom random) {
    AudioCache.Clip clip = clips.get(index);
    int spare = clip.length() - target.length;
    clip.read(random.nextInt(spare > 0 ? spare + 1 : clip.length()), target);
  }

  /** Number of clips. */
  int size() {
    return clips.size();
  }

  /** Samples in a clip. */
  int length(int index) {
    return clips.get(index).length();
  }

  /** Class of a clip. */
  int label(int index) {
    return labels[index];
  }

  /** Number of classes. */
  int classes() {
    return classes;
  }
}
