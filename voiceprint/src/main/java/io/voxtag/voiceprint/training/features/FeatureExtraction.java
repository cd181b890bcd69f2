package io.voxtag.voiceprint.training.features;

import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Computes the features of each recording that the lists of a configuration name once, so that
 * training need not. A recording that cannot be used is named and left out.
 *
 * @param config whose {@code train_list}, and lists for tests where it has some, name the
 *     recordings, and whose {@code preprocess_conf} the features
 * @param data folder that the paths in the configuration begin at
 * @param output folder for the files, the lists of them and {@code features.json}
 * @param maxSeconds what is used of a recording, from its start
 * @param device that computes
 */
public record FeatureExtraction(
    TrainingConfig config, Path data, Path output, double maxSeconds, DeviceChoice device) {

  /**
   * What came of it.
   *
   * @param lists that of the training list first
   * @param leftOut the files that could not be used, each with the reason
   * @param obstacles what the configuration asks for that training on features will refuse
   */
  public record Result(List<Listed> lists, List<String> leftOut, List<String> obstacles) {}

  /**
   * A list of features.
   *
   * @param file names the files of features
   * @param speakers that are named there
   * @param recordings that are named there
   * @param hours that the features are of
   */
  public record Listed(Path file, int speakers, int recordings, double hours) {}

  /** Is told how far it is. */
  @FunctionalInterface
  public interface Progress {
    /** So many recordings of all are done. */
    void at(int done, int all);
  }

  /**
   * Extracts.
   *
   * @throws IllegalArgumentException if a list names features already or no usable recording, if
   *     the folder holds other features, or less of a recording would be used than a crop takes
   */
  public Result extract(Progress progress) throws IOException {
    return new ExtractionRun(this, progress).run();
  }
}
