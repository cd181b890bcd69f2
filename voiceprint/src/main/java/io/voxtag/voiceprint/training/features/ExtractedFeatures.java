package io.voxtag.voiceprint.training.features;

import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.data.TrainingClip;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Features that {@link FeatureExtraction} wrote. Nothing that the files say is trusted: types and
 * sizes are looked at when they are opened, values when they are read.
 */
public final class ExtractedFeatures {

  private ExtractedFeatures() {}

  /**
   * Whether a list names files of features.
   *
   * @throws IllegalArgumentException if it names recordings besides
   */
  public static boolean areNamedBy(TrainingList list) {
    String recording = null;
    String features = null;
    for (TrainingList.Utterance utterance : list.utterances()) {
      if (utterance.isOfFeatures()) {
        features = utterance.path();
      } else {
        recording = utterance.path();
      }
    }
    if (features != null && recording != null) {
      throw new IllegalArgumentException(
          "the list names features, %s, and recordings, %s, but must name one or the other"
              .formatted(features, recording));
    }
    return features != null;
  }

  /**
   * Opens the features of a list for training, as many as are long enough.
   *
   * @param file the list, beside which {@code features.json} lies
   * @throws IllegalArgumentException naming the keys of the configuration that ask for other
   *     features, or for changes that need audio
   * @throws FeatureFileException naming the file that is missing or damaged
   */
  public static List<TrainingClip> open(Path file, TrainingList list, TrainingConfig config)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    FeatureManifest manifest = FeatureManifest.read(folder);
    FeatureTraining.require(config, manifest, folder);
    List<Path> files = list.utterances().stream().map(TrainingList.Utterance::file).toList();
    double least = config.datasetConf().minDuration() * manifest.sampleRate();
    return open(files, manifest.bins(), least);
  }

  /**
   * Opens files of features.
   *
   * @param bins that they must have
   * @throws FeatureFileException naming the file that is missing or damaged
   */
  public static List<TrainingClip> open(List<Path> files, int bins) throws IOException {
    return open(files, bins, 0);
  }

  private static List<TrainingClip> open(List<Path> files, int bins, double leastSamples)
      throws IOException {
    List<TrainingClip> clips = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      FeatureFile content = FeatureFile.open(files.get(i), bins);
      if (content.samples() >= leastSamples) {
        clips.add(new FeatureClip(i, files.get(i), content, bins));
      }
    }
    return clips;
  }

  /**
   * Refuses lists of features for tests that are not those that the configuration asks for; lists
   * of recordings, and those that are not there, are passed over.
   *
   * @param data folder that the paths in the configuration begin at
   * @throws IllegalArgumentException naming the keys
   */
  public static void requireForTests(TrainingConfig config, Path data) throws IOException {
    for (Path file : FeatureTraining.testLists(config, data)) {
      if (Files.exists(file) && areNamedBy(TrainingList.read(file, data))) {
        Path folder = file.toAbsolutePath().getParent();
        FeatureTraining.requireFeatures(config, FeatureManifest.read(folder), folder);
      }
    }
  }
}
