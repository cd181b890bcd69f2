package io.voxtag.voiceprint.training;

import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.training.augment.Augmenter;
import io.voxtag.voiceprint.training.data.AudioCache;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run trains on.
 *
 * @param sampler draws crops
 * @param augmenter changes them; null for none
 * @param description for the manifest of the model
 */
record TrainingData(
    CropSampler sampler, @Nullable Augmenter augmenter, ModelManifest.TrainingData description) {

  /**
   * Opens the audio of a configuration, decoding what has not been decoded yet.
   *
   * @param folder that the paths in the configuration begin at
   * @param cache where decoded audio lies
   */
  static TrainingData open(TrainingConfig config, Path folder, Path cache) throws IOException {
    TrainingConfig.DatasetConf dataset = config.datasetConf();
    Path file = folder.resolve(dataset.trainList());
    TrainingList list = TrainingList.read(file, folder);
    List<Path> files = list.utterances().stream().map(TrainingList.Utterance::file).toList();
    List<AudioCache> caches = new ArrayList<>();
    for (double speed : dataset.speeds()) {
      caches.add(AudioCache.open(cache, files, speed, dataset.minDuration()));
    }
    return new TrainingData(
        new CropSampler(list, caches, dataset.samplerWeights()),
        augmenter(config, folder, cache, caches),
        describe(file, list, caches));
  }

  private static @Nullable Augmenter augmenter(
      TrainingConfig config, Path folder, Path cache, List<AudioCache> caches) throws IOException {
    if (config.augmentConf() == null) {
      return null;
    }
    List<AudioCache.Clip> noises = List.of();
    String noiseDir = config.datasetConf().noiseDir();
    if (noiseDir != null) {
      try (Stream<Path> files = Files.walk(folder.resolve(noiseDir))) {
        List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
        noises = AudioCache.open(cache, sorted, 1, 0).clips();
      }
    }
    return new Augmenter(config.augmentConf(), noises, caches.get(0).clips());
  }

  private static ModelManifest.TrainingData describe(
      Path file, TrainingList list, List<AudioCache> caches) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return new ModelManifest.TrainingData(
          "sha256:" + HexFormat.of().formatHex(digest),
          "the digest is that of the list " + file.getFileName(),
          list.speakers().size(),
          caches.get(0).clips().size());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
