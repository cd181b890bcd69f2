package io.voxtag.voiceprint.training.batch;

import io.voxtag.voiceprint.training.data.TrainingClip;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** The clips of a run with their classes. Immutable and thread-safe. */
public final class TrainingClips {
  private final List<TrainingClip> clips = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();
  private final int[] labels;
  private final int classes;
  private final int choices;

  /**
   * Joins speeds; each has its own classes.
   *
   * @param speeds the clips of each speed
   * @param used tells by its path whether an utterance is used
   * @param choices crops that are drawn wherever one is wanted; the loudest is taken
   * @throws IllegalArgumentException if no utterance is used
   */
  public TrainingClips(
      TrainingList list,
      List<? extends List<? extends TrainingClip>> speeds,
      Predicate<String> used,
      int choices) {
    this.choices = choices;
    List<Integer> labelList = new ArrayList<>();
    int speakers = list.speakers().size();
    for (int speed = 0; speed < speeds.size(); speed++) {
      for (TrainingClip clip : speeds.get(speed)) {
        TrainingList.Utterance utterance = list.utterances().get(clip.source());
        if (used.test(utterance.path())) {
          clips.add(clip);
          labelList.add(utterance.speaker() + speed * speakers);
          paths.add(utterance.path());
        }
      }
    }
    if (clips.isEmpty()) {
      throw new IllegalArgumentException(
          "no utterance is left to train on: check dataset_conf.min_duration, sampler_weights and"
              + " the files of the list");
    }
    classes = speakers * speeds.size();
    labels = labelList.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Cuts a crop at random out of a clip, the loudest of as many as there are choices; a clip that
   * is too short is repeated.
   *
   * @param target whole samples or frames
   */
  public void crop(int index, float[] target, SplittableRandom random) {
    TrainingClip clip = clips.get(index);
    int spare = clip.length() - target.length / clip.width();
    if (spare <= 0) {
      clip.read(random.nextInt(clip.length()), target);
      return;
    }
    clip.read(random.nextInt(spare + 1), target);
    float[] other = choices > 1 ? new float[target.length] : target;
    for (int choice = 1; choice < choices; choice++) {
      clip.read(random.nextInt(spare + 1), other);
      if (loudness(other) > loudness(target)) {
        System.arraycopy(other, 0, target, 0, target.length);
      }
    }
  }

  /** Grows with how long somebody speaks more than with how loudly, unlike the power. */
  private static double loudness(float[] audio) {
    double sum = 0;
    for (float sample : audio) {
      sum += Math.sqrt(Math.abs(sample));
    }
    return sum;
  }

  /** Number of clips. */
  public int size() {
    return clips.size();
  }

  /** Values in a clip. */
  public long size(int index) {
    TrainingClip clip = clips.get(index);
    return (long) clip.length() * clip.width();
  }

  /** Path of a clip as the list gives it. */
  public String path(int index) {
    return paths.get(index);
  }

  /** Class of a clip. */
  public int label(int index) {
    return labels[index];
  }

  /** Number of classes. */
  public int classes() {
    return classes;
  }
}
