package io.voxtag.voiceprint.training;

import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.training.augment.Augmenter;
import io.voxtag.voiceprint.training.batch.BatchSampler;
import io.voxtag.voiceprint.training.batch.ShuffledSampler;
import io.voxtag.voiceprint.training.batch.SpeakerSampler;
import io.voxtag.voiceprint.training.batch.TrainingClips;
import io.voxtag.voiceprint.training.batch.WeightedSampler;
import io.voxtag.voiceprint.training.config.DatasetConf;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.data.AudioCache;
import io.voxtag.voiceprint.training.data.TrainingClip;
import io.voxtag.voiceprint.training.data.TrainingList;
import io.voxtag.voiceprint.training.features.ExtractedFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run trains on.
 *
 * @param sampler puts clips into batches
 * @param extracted whether crops are of features that were computed before, not of audio
 * @param augmenter changes crops of audio; null for none
 * @param broken recordings that could not be used
 * @param description for the manifest of the model
 */
record TrainingData(
    TrainingClips clips,
    BatchSampler sampler,
    boolean extracted,
    @Nullable Augmenter augmenter,
    List<Path> broken,
    ModelManifest.TrainingData description) {

  /**
   * Opens the features or the audio of a configuration, decoding what has not been decoded yet.
   *
   * @param folder that the paths in the configuration begin at
   * @param cache where decoded audio lies
   */
  static TrainingData open(TrainingConfig config, Path folder, Path cache) throws IOException {
    DatasetConf dataset = config.datasetConf();
    Path file = folder.resolve(dataset.trainList());
    TrainingList list = TrainingList.read(file, folder);
    requireSpeakers(dataset, file, list);
    return ExtractedFeatures.areNamedBy(list)
        ? ofFeatures(config, file, list)
        : ofAudio(config, folder, cache, file, list);
  }

  private static TrainingData ofFeatures(TrainingConfig config, Path file, TrainingList list)
      throws IOException {
    List<? extends TrainingClip> features = ExtractedFeatures.open(file, list, config);
    TrainingClips clips = clips(config.datasetConf(), list, List.of(features));
    return new TrainingData(
        clips,
        sampler(clips, config.datasetConf(), config.trainConf().seed()),
        true,
        null,
        List.of(),
        describe(file, list, features.size()));
  }

  private static TrainingData ofAudio(
      TrainingConfig config, Path folder, Path cache, Path file, TrainingList list)
      throws IOException {
    DatasetConf dataset = config.datasetConf();
    List<Path> files = list.utterances().stream().map(TrainingList.Utterance::file).toList();
    AudioCache.Decoding decoding =
        new AudioCache.Decoding(dataset.doVad(), config.trainConf().numWorkers());
    List<AudioCache> caches = new ArrayList<>();
    for (double speed : speeds(config)) {
      caches.add(AudioCache.open(cache, files, speed, dataset.minDuration(), decoding));
    }
    TrainingClips clips = clips(dataset, list, caches.stream().map(AudioCache::clips).toList());
    return new TrainingData(
        clips,
        sampler(clips, dataset, config.trainConf().seed()),
        false,
        augmenter(config, folder, cache, caches),
        caches.get(0).unusable().stream().map(files::get).toList(),
        describe(file, list, caches.get(0).clips().size()));
  }

  private static TrainingClips clips(
      DatasetConf dataset, TrainingList list, List<? extends List<? extends TrainingClip>> speeds) {
    Map<String, Double> weights = dataset.samplerWeights();
    return new TrainingClips(
        list,
        speeds,
        path -> weights.isEmpty() || WeightedSampler.group(path, weights) != null,
        dataset.cropChoices());
  }

  private static List<Double> speeds(TrainingConfig config) {
    List<Double> own = config.datasetConf().speeds();
    return config.augmentConf() == null || own.size() > 1
        ? own
        : config.augmentConf().speedClasses();
  }

  private static void requireSpeakers(DatasetConf dataset, Path file, TrainingList list) {
    Integer wanted = dataset.numSpeakers();
    if (wanted != null && wanted != list.speakers().size()) {
      throw new IllegalArgumentException(
          "dataset_conf.num_speakers is %d but %s names %d speakers"
              .formatted(wanted, file, list.speakers().size()));
    }
  }

  private static BatchSampler sampler(TrainingClips clips, DatasetConf dataset, long seed) {
    if (dataset.isUsePksampler()) {
      return new SpeakerSampler(clips, dataset.batchSize(), dataset.samplePerId(), seed);
    }
    return dataset.samplerWeights().isEmpty()
        ? new ShuffledSampler(clips.size(), dataset.batchSize(), dataset.dropLast(), seed)
        : new WeightedSampler(clips, dataset.samplerWeights(), dataset.batchSize());
  }

  private static @Nullable Augmenter augmenter(
      TrainingConfig config, Path folder, Path cache, List<AudioCache> caches) throws IOException {
    if (config.augmentConf() == null) {
      return null;
    }
    return Augmenter.open(
        config.augmentConf().withNoiseDir(config.datasetConf().noiseDir()),
        folder,
        cache,
        caches.get(0).clips());
  }

  private static ModelManifest.TrainingData describe(Path file, TrainingList list, int clips)
      throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return new ModelManifest.TrainingData(
          "sha256:" + HexFormat.of().formatHex(digest),
          "the digest is that of the list " + file.getFileName(),
          list.speakers().size(),
          clips);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
