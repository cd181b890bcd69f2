package io.voxtag.voiceprint.training.augment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads sections, strictly: a key is known, has a value of its type, and is otherwise named. */
final class AugmentYaml {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper SECTION =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  /** Names that the original project's files have, and ours. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "noise.min_snr_dB", "min_snr_db",
          "noise.max_snr_dB", "max_snr_db",
          "volume.min_gain_dBFS", "min_gain_db",
          "volume.max_gain_dBFS", "max_gain_db",
          "spec_aug.max_f_ratio", "freq_mask_ratio",
          "spec_aug.max_t_ratio", "time_mask_ratio");

  private final JsonNode sections;
  private final List<String> known = new ArrayList<>();

  private AugmentYaml(JsonNode sections) {
    this.sections = sections;
  }

  static AugmentConfig read(Path file) throws IOException {
    try {
      return config(YAML.readTree(Files.readString(file)));
    } catch (JsonProcessingException e) {
      throw new InvalidAugmentConfigException(file + ": " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new InvalidAugmentConfigException(file + ": " + e.getMessage(), e);
    }
  }

  static AugmentConfig config(JsonNode tree) {
    if (!tree.isObject() && !tree.isNull() && !tree.isMissingNode()) {
      throw new IllegalArgumentException("augmentation must be sections with keys, not " + tree);
    }
    AugmentYaml yaml = new AugmentYaml(tree);
    AugmentConfig config =
        new AugmentConfig(
            yaml.section("speed", AugmentConfig.Speed.DEFAULT),
            yaml.section("shift", AugmentConfig.Shift.DEFAULT),
            yaml.section("reverb", AugmentConfig.Reverb.DEFAULT),
            yaml.section("noise", AugmentConfig.Noise.DEFAULT),
            yaml.section("equalizer", AugmentConfig.Equalizer.DEFAULT),
            yaml.section("volume", AugmentConfig.Volume.DEFAULT),
            yaml.section("resample", AugmentConfig.Resample.DEFAULT),
            yaml.section("telephone", AugmentConfig.Telephone.DEFAULT),
            yaml.section("spec_aug", AugmentConfig.SpecAug.DEFAULT),
            yaml.section("spec_sub", AugmentConfig.SpecSub.DEFAULT),
            yaml.flag("limit_peak"));
    tree.fieldNames().forEachRemaining(name -> requireKnown("", name, yaml.known));
    return config;
  }

  private <T> @Nullable T section(String name, T defaults) {
    known.add(name);
    JsonNode given = sections.get(name);
    if (given == null || given.isNull()) {
      return null;
    }
    if (!given.isObject()) {
      throw new IllegalArgumentException(name + " is " + given + " but must be a section of keys");
    }
    ObjectNode values = SECTION.valueToTree(defaults);
    List<String> keys = new ArrayList<>();
    values.fieldNames().forEachRemaining(keys::add);
    boolean hasProbability = false;
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      String key = ALIASES.getOrDefault(name + "." + entry.getKey(), entry.getKey());
      requireKnown(name + ".", key, keys);
      values.set(key, entry.getValue());
      hasProbability |= key.equals("prob");
    }
    if (!hasProbability) {
      throw new IllegalArgumentException(name + ".prob is missing but must be from 0 to 1");
    }
    return convert(name, values, defaults);
  }

  @SuppressWarnings("unchecked") // the class of the defaults is that of the section
  private static <T> T convert(String name, ObjectNode values, T defaults) {
    try {
      return (T) SECTION.treeToValue(values, defaults.getClass());
    } catch (JsonMappingException e) {
      if (e.getCause() instanceof IllegalArgumentException cause) {
        throw cause;
      }
      String key = e.getPath().isEmpty() ? name : name + "." + e.getPath().get(0).getFieldName();
      throw new IllegalArgumentException(key + ": " + e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(name + ": " + e.getOriginalMessage(), e);
    }
  }

  private boolean flag(String name) {
    known.add(name);
    JsonNode given = sections.path(name);
    if (!given.isMissingNode() && !given.isBoolean()) {
      throw new IllegalArgumentException(name + " is " + given + " but must be true or false");
    }
    return given.asBoolean(false);
  }

  private static void requireKnown(String section, String key, List<String> known) {
    if (!known.contains(key)) {
      throw new IllegalArgumentException(section + key + " is no key; known are " + known);
    }
  }
}
