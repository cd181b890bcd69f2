package io.voxtag.voiceprint.training.features;

import io.voxtag.voiceprint.training.augment.AugmentConfig;
import io.voxtag.voiceprint.training.config.DatasetConf;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What a configuration must be like to train on extracted features. */
final class FeatureTraining {

  private FeatureTraining() {}

  /** What the configuration asks for that only audio has, each with its key; empty for nothing. */
  static List<String> obstacles(TrainingConfig config) {
    List<String> obstacles = new ArrayList<>();
    DatasetConf dataset = config.datasetConf();
    if (!dataset.speeds().equals(List.of(1.0))) {
      obstacles.add(
          "dataset_conf.speeds is %s but must be [1.0] with extracted features"
              .formatted(dataset.speeds()));
    }
    if (dataset.cropChoices() != 1) {
      obstacles.add(
          "dataset_conf.crop_choices is %d but must be 1 with extracted features"
              .formatted(dataset.cropChoices()));
    }
    AugmentConfig changes = config.augmentConf();
    if (changes != null) {
      audioChanges(changes)
          .forEach(
              (section, used) -> {
                if (used) {
                  obstacles.add(
                      ("augment_conf.%s changes audio, which extracted features no longer have:"
                              + " take it out or train on recordings")
                          .formatted(section));
                }
              });
    }
    return obstacles;
  }

  /** The lists that a configuration names for tests. */
  static List<Path> testLists(TrainingConfig config, Path data) {
    DatasetConf dataset = config.datasetConf();
    return Stream.of(dataset.testList(), dataset.enrollList(), dataset.trialsList())
        .filter(Objects::nonNull)
        .map(data::resolve)
        .toList();
  }

  private static Map<String, Boolean> audioChanges(AugmentConfig changes) {
    AugmentConfig.Speed speed = changes.speed();
    AugmentConfig.Shift shift = changes.shift();
    AugmentConfig.Reverb reverb = changes.reverb();
    AugmentConfig.Noise noise = changes.noise();
    AugmentConfig.Equalizer equalizer = changes.equalizer();
    AugmentConfig.Volume volume = changes.volume();
    AugmentConfig.Resample resample = changes.resample();
    AugmentConfig.Telephone telephone = changes.telephone();
    Map<String, Boolean> used = new LinkedHashMap<>();
    used.put("speed", speed != null && (speed.prob() > 0 || speed.perturb3Class()));
    used.put("shift", shift != null && shift.prob() > 0);
    used.put("reverb", reverb != null && reverb.prob() > 0);
    used.put("noise", noise != null && (noise.prob() > 0 || noise.babbleProb() > 0));
    used.put("equalizer", equalizer != null && equalizer.prob() > 0);
    used.put("volume", volume != null && volume.prob() > 0);
    used.put("resample", resample != null && resample.prob() > 0);
    used.put("telephone", telephone != null && telephone.prob() > 0);
    return used;
  }

  /**
   * Refuses a configuration that does not go with the features of a folder.
   *
   * @throws IllegalArgumentException naming the keys
   */
  static void require(TrainingConfig config, FeatureManifest present, Path folder) {
    List<String> obstacles = obstacles(config);
    if (!obstacles.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", obstacles));
    }
    requireFeatures(config, present, folder);
    DatasetConf dataset = config.datasetConf();
    if (dataset.minDuration() < present.minDuration()) {
      throw new IllegalArgumentException(
          ("dataset_conf.min_duration is %s but must be at least %s s:"
                  + " shorter recordings have no features in %s")
              .formatted(dataset.minDuration(), present.minDuration(), folder));
    }
    if (dataset.chunkDuration() > present.maxDuration()) {
      throw new IllegalArgumentException(
          "dataset_conf.chunk_duration is %s but must be at most %s s, the longest features in %s"
              .formatted(dataset.chunkDuration(), present.maxDuration(), folder));
    }
  }

  /**
   * Refuses a configuration that asks for other features than those in a folder.
   *
   * @throws IllegalArgumentException naming the keys
   */
  static void requireFeatures(TrainingConfig config, FeatureManifest present, Path folder) {
    FeatureManifest wanted = FeatureManifest.of(config, present.maxDuration());
    if (!present.hasFeaturesOf(wanted)) {
      throw new IllegalArgumentException(
          ("preprocess_conf and dataset_conf ask for %s, but the features in %s are %s:"
                  + " extract them again with 'voxtag data features'")
              .formatted(wanted.features(), folder, present.features()));
    }
  }
}
