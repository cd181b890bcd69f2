package io.voxtag.voiceprint.training.features;

import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.data.AudioCache;
import io.voxtag.voiceprint.training.data.OrderedWork;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Computes the features of each recording of a training list once, so that training need not. A
 * recording that cannot be used is named and left out.
 *
 * @param config whose {@code train_list} names the recordings and whose {@code preprocess_conf} the
 *     features
 * @param data folder that the paths in the configuration begin at
 * @param output folder for the files, the list of them and {@code features.json}
 * @param maxSeconds what is used of a recording, from its start
 * @param device that computes
 */
public record FeatureExtraction(
    TrainingConfig config, Path data, Path output, double maxSeconds, DeviceChoice device) {

  /**
   * What came of it.
   *
   * @param list names the files of features
   * @param speakers that are named there
   * @param recordings that are named there
   * @param hours that the features are of
   * @param leftOut the files that could not be used, each with the reason
   * @param obstacles what the configuration asks for that training on features will refuse
   */
  public record Result(
      Path list,
      int speakers,
      int recordings,
      double hours,
      List<String> leftOut,
      List<String> obstacles) {}

  /** Is told how far it is. */
  @FunctionalInterface
  public interface Progress {
    /** So many recordings of all are done. */
    void at(int done, int all);
  }

  /**
   * Extracts.
   *
   * @throws IllegalArgumentException if the list names features already or no usable recording, the
   *     folder holds other features, or less of a recording would be used than a crop takes
   */
  public Result extract(Progress progress) throws IOException {
    Path file = data.resolve(config.datasetConf().trainList());
    TrainingList list = TrainingList.read(file, data);
    if (ExtractedFeatures.areNamedBy(list)) {
      throw new IllegalArgumentException(
          "dataset_conf.train_list is " + file + ", which names features already");
    }
    if (!(maxSeconds >= config.datasetConf().chunkDuration())) {
      throw new IllegalArgumentException(
          "%s s of a recording are less than dataset_conf.chunk_duration, %s s"
              .formatted(maxSeconds, config.datasetConf().chunkDuration()));
    }
    FeatureManifest manifest = FeatureManifest.of(config, maxSeconds);
    requireRoom(manifest);
    List<String> leftOut = new ArrayList<>();
    List<TrainingList.Utterance> done = new ArrayList<>();
    long samples = extract(list, progress, done, leftOut);
    if (done.isEmpty()) {
      throw new IllegalArgumentException(
          "no recording of %s can be used: %s".formatted(file, String.join("; ", leftOut)));
    }
    Path features = output.resolve(stem(file) + "_features.txt");
    manifest.write(output);
    Files.write(
        features,
        done.stream().map(u -> u.path() + "\t" + list.speakers().get(u.speaker())).toList());
    return new Result(
        features,
        (int) done.stream().mapToInt(TrainingList.Utterance::speaker).distinct().count(),
        done.size(),
        samples / 3600.0 / AudioCache.SAMPLE_RATE,
        leftOut,
        FeatureTraining.obstacles(config));
  }

  private void requireRoom(FeatureManifest manifest) throws IOException {
    Files.createDirectories(output);
    if (Files.exists(output.resolve(FeatureManifest.NAME))) {
      FeatureManifest present = FeatureManifest.read(output);
      if (!present.isLike(manifest)) {
        throw new IllegalArgumentException(
            "%s holds features of other settings, %s: name an empty folder"
                .formatted(output, present.features()));
      }
    }
  }

  /** Adds to what is done and what is left out; how many samples are done. */
  private long extract(
      TrainingList list, Progress progress, List<TrainingList.Utterance> done, List<String> leftOut)
      throws IOException {
    List<TrainingList.Utterance> utterances = list.utterances();
    long samples = 0;
    try (NDManager manager = NDManager.newBaseManager(device.resolve())) {
      RecordingFeatures features = new RecordingFeatures(config, maxSeconds, manager);
      try (OrderedWork<RecordingFeatures.Decoded> work =
          new OrderedWork<>(
              utterances.stream()
                  .<Callable<RecordingFeatures.Decoded>>map(u -> () -> features.decode(u.file()))
                  .iterator(),
              config.trainConf().numWorkers())) {
        for (int i = 0; i < utterances.size(); i++) {
          TrainingList.Utterance utterance = utterances.get(i);
          String name = name(utterance.file(), i);
          RecordingFeatures.Decoded decoded = work.next();
          String problem = features.write(decoded, output.resolve(name));
          if (problem == null) {
            done.add(new TrainingList.Utterance(name, output.resolve(name), utterance.speaker()));
            samples += decoded.samples().length;
          } else {
            leftOut.add(problem);
          }
          progress.at(i + 1, utterances.size());
        }
      }
    }
    return samples;
  }

  /** That of the recording where it lies in the data folder; never one outside of the output. */
  private String name(Path file, int index) {
    Path root = data.toAbsolutePath().normalize();
    Path recording = file.toAbsolutePath().normalize();
    String name =
        recording.startsWith(root)
            ? root.relativize(recording).toString().replace(File.separatorChar, '/')
            : "elsewhere/" + index + "-" + recording.getFileName();
    return name + FeatureFile.SUFFIX;
  }

  private static String stem(Path list) {
    return String.valueOf(list.getFileName()).replaceFirst("(?<=.)\\.[^.]*$", "");
  }
}
