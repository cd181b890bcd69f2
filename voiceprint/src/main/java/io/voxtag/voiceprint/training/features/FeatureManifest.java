package io.voxtag.voiceprint.training.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/**
 * What the features in a folder are, as {@code features.json} says it. Its keys are those of a
 * training configuration where that has them.
 *
 * @param format version of the folder's layout, 1
 * @param featureMethod as {@code preprocess_conf.feature_method}
 * @param methodArgs its arguments, the level among them
 * @param sampleRate of the samples that they were computed of, Hz
 * @param bins values in a frame
 * @param doVad whether what is not speech was cut out
 * @param minDuration shorter recordings were left out, s
 * @param maxDuration longer recordings were cut off there, s
 */
public record FeatureManifest(
    int format,
    String featureMethod,
    Map<String, Object> methodArgs,
    int sampleRate,
    int bins,
    boolean doVad,
    double minDuration,
    double maxDuration) {
  static final String NAME = "features.json";

  private static final int FORMAT = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** 80 and 80.0 are the same argument. */
  private static final Comparator<JsonNode> BY_VALUE =
      (a, b) ->
          a.isNumber() && b.isNumber()
              ? Double.compare(a.doubleValue(), b.doubleValue())
              : a.equals(b) ? 0 : 1;

  public FeatureManifest {
    if (format != FORMAT) {
      throw new IllegalArgumentException("format is " + format + " but must be " + FORMAT);
    }
  }

  /** What a configuration asks for. */
  static FeatureManifest of(TrainingConfig config, double maxDuration) {
    return new FeatureManifest(
        FORMAT,
        config.preprocessConf().featureMethod(),
        config.featureArguments(),
        config.datasetConf().sampleRate(),
        config.features().bins(),
        config.datasetConf().doVad(),
        config.datasetConf().minDuration(),
        maxDuration);
  }

  /**
   * Reads that of a folder.
   *
   * @throws FeatureFileException if there is none or it is damaged
   */
  static FeatureManifest read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    try {
      return MAPPER.readValue(Files.readString(file), FeatureManifest.class);
    } catch (NoSuchFileException e) {
      throw new FeatureFileException(
          file, "no such file: it must lie beside a list of features, which it describes", e);
    } catch (JsonProcessingException e) {
      throw new FeatureFileException(file, e.getOriginalMessage(), e);
    }
  }

  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(NAME), MAPPER.writeValueAsString(this) + "\n");
  }

  /** Whether the same samples have the same features. */
  boolean hasFeaturesOf(FeatureManifest other) {
    JsonNode own = MAPPER.valueToTree(methodArgs);
    return featureMethod.equals(other.featureMethod)
        && own.equals(BY_VALUE, MAPPER.valueToTree(other.methodArgs))
        && sampleRate == other.sampleRate
        && bins == other.bins
        && doVad == other.doVad;
  }

  /** Whether other recordings may lie in the same folder. */
  boolean isLike(FeatureManifest other) {
    return hasFeaturesOf(other)
        && minDuration == other.minDuration
        && maxDuration == other.maxDuration;
  }

  /** The features, for messages. */
  String features() {
    return "%s %s at %d Hz%s"
        .formatted(featureMethod, methodArgs, sampleRate, doVad ? " of speech only" : "");
  }
}
