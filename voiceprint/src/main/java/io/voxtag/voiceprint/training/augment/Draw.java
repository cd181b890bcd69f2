package io.voxtag.voiceprint.training.augment;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices. What can have only one outcome draws nothing. */
final class Draw {
  private Draw() {}

  static boolean chance(SplittableRandom random, double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  static double uniform(SplittableRandom random, double min, double max) {
    return min + (max - min) * random.nextDouble();
  }

  static <T> T one(SplittableRandom random, List<T> choices) {
    return choices.get(choices.size() == 1 ? 0 : random.nextInt(choices.size()));
  }
}
