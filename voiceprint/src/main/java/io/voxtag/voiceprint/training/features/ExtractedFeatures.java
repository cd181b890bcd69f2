package io.voxtag.voiceprint.training.features;

import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.data.TrainingClip;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.io.IOException;
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
      if (utterance.path().endsWith(FeatureFile.SUFFIX)) {
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
   * Opens the features of a list, as many as are long enough.
   *
   * @param file the list, beside which {@code features.json} lies and at whose folder its paths
   *     begin
   * @throws IllegalArgumentException naming the keys of the configuration that ask for other
   *     features, or for changes that need audio
   * @throws FeatureFileException naming the file that is missing or damaged
   */
  public static List<TrainingClip> open(Path file, TrainingList list, TrainingConfig config)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    FeatureManifest manifest = FeatureManifest.read(folder);
    FeatureTraining.require(config, manifest, folder);
    double least = config.datasetConf().minDuration() * manifest.sampleRate();
    List<TrainingClip> clips = new ArrayList<>();
    List<TrainingList.Utterance> utterances = list.utterances();
    for (int i = 0; i < utterances.size(); i++) {
      Path features = folder.resolve(utterances.get(i).path());
      FeatureFile content = FeatureFile.open(features, manifest.bins());
      if (content.samples() >= least) {
        clips.add(new FeatureClip(i, features, content, manifest.bins()));
      }
    }
    return clips;
  }
}
