package io.voxtag.voiceprint.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.voxtag.voiceprint.training.augment.AugmentConfig;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training configuration, with the names of the original project where it has them.
 *
 * @param useModel architecture, for example EcapaTdnn
 * @param datasetConf data
 * @param preprocessConf features
 * @param modelConf arguments of the architecture
 * @param lossConf loss
 * @param optimizerConf optimiser and learning rate
 * @param augmentConf changes to the audio; none where it is missing
 * @param discriminantConf how the embedding starts; random where it is missing
 * @param whiteningConf how the embedding ends; as trained where it is missing
 * @param trainConf length and rhythm
 */
public record TrainingConfig(
    @JsonProperty(required = true) String useModel,
    @JsonProperty(required = true) DatasetConf datasetConf,
    @JsonProperty(required = true) PreprocessConf preprocessConf,
    Map<String, Object> modelConf,
    @JsonProperty(required = true) LossConf lossConf,
    @JsonProperty(required = true) OptimizerConf optimizerConf,
    @Nullable AugmentConfig augmentConf,
    @Nullable DiscriminantConf discriminantConf,
    @Nullable WhiteningConf whiteningConf,
    @JsonProperty(required = true) TrainConf trainConf) {

  /**
   * Data.
   *
   * @param trainList file of {@code path<TAB>speaker}; relative paths start from its folder
   * @param noiseDir folder of noise recordings, relative to the list's folder; null for none
   * @param batchSize samples in a batch
   * @param chunkDuration length of a crop, s
   * @param minDuration shorter files are left out, s
   * @param speeds factors of tempo and pitch; each but 1 makes new speakers
   * @param samplerWeights by the start of a path, share of samples that come from there; what
   *     matches none is not used; empty takes every file as often as it is long
   * @param attribution licences of the data, and the names that they ask to be given; they go into
   *     the model
   */
  public record DatasetConf(
      @JsonProperty(required = true) String trainList,
      @Nullable String noiseDir,
      int batchSize,
      double chunkDuration,
      double minDuration,
      List<Double> speeds,
      Map<String, Double> samplerWeights,
      List<String> attribution) {
    public DatasetConf {
      check(batchSize >= 2, "dataset_conf.batch_size", batchSize, "at least 2");
      check(
          chunkDuration >= 0.2 && chunkDuration <= 60,
          "dataset_conf.chunk_duration",
          chunkDuration,
          "from 0.2 to 60 s");
      check(
          minDuration >= 0 && minDuration <= 60,
          "dataset_conf.min_duration",
          minDuration,
          "from 0 to 60 s");
      speeds = speeds == null || speeds.isEmpty() ? List.of(1.0) : List.copyOf(speeds);
      for (double speed : speeds) {
        check(speed >= 0.5 && speed <= 2, "dataset_conf.speeds", speed, "from 0.5 to 2");
      }
      samplerWeights = samplerWeights == null ? Map.of() : samplerWeights;
      attribution = attribution == null ? List.of() : List.copyOf(attribution);
    }
  }

  /** Features: a method and its arguments. */
  public record PreprocessConf(
      @JsonProperty(required = true) String featureMethod, Map<String, Object> methodArgs) {
    public PreprocessConf {
      methodArgs = methodArgs == null ? Map.of() : methodArgs;
    }
  }

  /**
   * Loss.
   *
   * @param loss AAMLoss
   * @param margin final margin, radians
   * @param scale of the cosines
   * @param labelSmoothing share of the target spread over all classes
   * @param marginStart share of the run after which the margin begins to grow from 0
   * @param marginFix share of the run after which it has its final value
   */
  public record LossConf(
      @JsonProperty(required = true) String loss,
      double margin,
      double scale,
      double labelSmoothing,
      double marginStart,
      double marginFix) {
    public LossConf {
      check("AAMLoss".equals(loss), "loss_conf.loss", loss, "AAMLoss");
      check(
          marginStart >= 0 && marginStart <= marginFix && marginFix <= 1,
          "loss_conf.margin_start",
          marginStart,
          "from 0 to margin_fix, which is at most 1");
    }
  }

  /**
   * Adam.
   *
   * @param learningRate highest rate
   * @param minLearningRate rate at the start and at the end
   * @param warmupSteps steps to the highest rate
   * @param weightDecay L2 penalty
   */
  public record OptimizerConf(
      double learningRate, double minLearningRate, long warmupSteps, double weightDecay) {
    public OptimizerConf {
      check(learningRate > 0, "optimizer_conf.learning_rate", learningRate, "positive");
      check(weightDecay >= 0, "optimizer_conf.weight_decay", weightDecay, "not negative");
    }
  }

  /**
   * A start in closed form, before the first step.
   *
   * @param cropDuration length of its crops, s
   * @param statisticsBatches batches that set the running statistics of normalisations
   * @param passes over all files
   * @param shrinkage of the spread inside speakers towards an even one
   */
  public record DiscriminantConf(
      double cropDuration, int statisticsBatches, int passes, double shrinkage) {
    public DiscriminantConf {
      check(
          cropDuration >= 0.2 && cropDuration <= 60,
          "discriminant_conf.crop_duration",
          cropDuration,
          "from 0.2 to 60 s");
      check(passes >= 1 && passes <= 100, "discriminant_conf.passes", passes, "from 1 to 100");
      check(shrinkage > 0, "discriminant_conf.shrinkage", shrinkage, "positive");
    }
  }

  /**
   * An end in closed form, when the model is written.
   *
   * @param cropDuration length of its crops, s
   * @param passes over all files
   * @param shrinkage of the spread inside speakers towards an even one
   */
  public record WhiteningConf(double cropDuration, int passes, double shrinkage) {
    public WhiteningConf {
      check(
          cropDuration >= 0.2 && cropDuration <= 60,
          "whitening_conf.crop_duration",
          cropDuration,
          "from 0.2 to 60 s");
      check(passes >= 1 && passes <= 100, "whitening_conf.passes", passes, "from 1 to 100");
      check(shrinkage > 0, "whitening_conf.shrinkage", shrinkage, "positive");
    }
  }

  /**
   * Length and rhythm.
   *
   * @param maxSteps batches in all
   * @param logInterval batches between lines of progress
   * @param checkpointInterval batches between checkpoints
   * @param seed of initial weights, crops and augmentation
   * @param numWorkers threads that decode and augment
   * @param specAugment true to mask bands and stretches of the features
   */
  public record TrainConf(
      long maxSteps,
      long logInterval,
      long checkpointInterval,
      long seed,
      int numWorkers,
      boolean specAugment) {
    public TrainConf {
      check(maxSteps >= 0, "train_conf.max_steps", maxSteps, "not negative");
      check(logInterval > 0, "train_conf.log_interval", logInterval, "positive");
      check(
          checkpointInterval > 0, "train_conf.checkpoint_interval", checkpointInterval, "positive");
      check(numWorkers >= 1 && numWorkers <= 64, "train_conf.num_workers", numWorkers, "1 to 64");
    }
  }

  private static final ObjectMapper YAML = mapper();

  public TrainingConfig {
    modelConf = modelConf == null ? Map.of() : modelConf;
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper(new YAMLFactory());
    mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    mapper
        .coercionConfigDefaults()
        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    return mapper;
  }

  /**
   * Reads a YAML file.
   *
   * @throws InvalidConfigException naming the key that is unknown, missing or wrong
   */
  public static TrainingConfig read(Path file) throws IOException {
    try {
      JsonNode tree = YAML.readTree(Files.readString(file));
      checkKeys(file, tree, TrainingConfig.class, "");
      return YAML.treeToValue(tree, TrainingConfig.class);
    } catch (JsonProcessingException e) {
      throw new InvalidConfigException(file + ": " + e.getOriginalMessage(), e);
    }
  }

  /** Misspelt keys are named before the values that are missing because of them. */
  private static void checkKeys(Path file, JsonNode node, Class<?> type, String path)
      throws InvalidConfigException {
    Map<String, Class<?>> known = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name =
          ((PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE)
              .translate(component.getName());
      known.put(name, component.getType());
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      Class<?> child = known.get(entry.getKey());
      if (child == null) {
        throw new InvalidConfigException(
            file + ": " + path + entry.getKey() + " is no key; known are " + known.keySet(), null);
      }
      // That section has names of its own making and checks them itself.
      if (child.isRecord() && child != AugmentConfig.class) {
        checkKeys(file, entry.getValue(), child, path + entry.getKey() + ".");
      }
    }
  }

  private static void check(boolean right, String key, Object value, String rule) {
    if (!right) {
      throw new IllegalArgumentException(key + " is " + value + " but must be " + rule);
    }
  }
}
