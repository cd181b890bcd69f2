package io.voxtag.voiceprint.training.config;

import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.feature.FeatureMethod;
import io.voxtag.voiceprint.loss.LossMethod;
import io.voxtag.voiceprint.network.Architecture;
import io.voxtag.voiceprint.training.augment.AugmentConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training configuration, with the names of the original project where it has them.
 *
 * @param useModel architecture, for example EcapaTdnn
 * @param datasetConf data
 * @param preprocessConf features
 * @param modelConf arguments of the architecture
 * @param classifierConf arguments of the classifier: {@code classifier_type}, {@code K}, {@code
 *     num_blocks}, {@code inter_dim}
 * @param lossConf loss
 * @param optimizerConf optimiser and learning rate
 * @param augmentConf changes to the audio; none where it is missing
 * @param discriminantConf how the embedding starts; random where it is missing
 * @param whiteningConf how the embedding ends; as trained where it is missing
 * @param trainConf length and rhythm
 */
public record TrainingConfig(
    String useModel,
    DatasetConf datasetConf,
    PreprocessConf preprocessConf,
    Map<String, Object> modelConf,
    Map<String, Object> classifierConf,
    LossConf lossConf,
    OptimizerConf optimizerConf,
    @Nullable AugmentConfig augmentConf,
    @Nullable DiscriminantConf discriminantConf,
    @Nullable WhiteningConf whiteningConf,
    TrainConf trainConf) {

  public TrainingConfig {
    Architecture.of(useModel);
    LossMethod.of(lossConf.loss());
    FeatureMethod.of(preprocessConf.featureMethod()).create(preprocessConf.methodArgs());
    Check.that(
        !lossConf.loss().equals(LossMethod.TRIPLET_ANGULAR_MARGIN.configName())
            || datasetConf.isUsePksampler(),
        "dataset_conf.is_use_pksampler",
        datasetConf.isUsePksampler(),
        "true with " + lossConf.loss() + ", which needs several recordings a speaker in a batch");
  }

  /**
   * Reads a YAML file.
   *
   * @throws InvalidConfigException naming the key that is unknown, missing or wrong
   */
  public static TrainingConfig read(Path file) throws IOException {
    return ConfigFile.read(file);
  }

  /** Arguments of the feature method; the level belongs to them, as a finished model needs it. */
  public Map<String, Object> featureArguments() {
    Map<String, Object> arguments = new LinkedHashMap<>(preprocessConf.methodArgs());
    if (datasetConf.useDbNormalization()) {
      arguments.put("target_dB", datasetConf.targetDb());
    }
    return arguments;
  }

  /** What computes the features, of samples at {@code dataset_conf.sample_rate}. */
  public FeatureExtractor features() {
    return FeatureMethod.of(preprocessConf.featureMethod()).create(featureArguments());
  }

  /** The same with other changes to the audio. */
  public TrainingConfig withAugmentConf(@Nullable AugmentConfig other) {
    return new TrainingConfig(
        useModel,
        datasetConf,
        preprocessConf,
        modelConf,
        classifierConf,
        lossConf,
        optimizerConf,
        other,
        discriminantConf,
        whiteningConf,
        trainConf);
  }
}
