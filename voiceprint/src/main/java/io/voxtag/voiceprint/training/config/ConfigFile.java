package io.voxtag.voiceprint.training.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.voxtag.voiceprint.training.augment.AugmentConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads configurations: brings them to one layout, adds what they leave out, checks and binds. */
final class ConfigFile {
  private static final ObjectMapper YAML = mapper();
  private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
      (PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE;

  private ConfigFile() {}

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

  static TrainingConfig read(Path file) throws IOException {
    try {
      if (!(YAML.readTree(Files.readString(file)) instanceof ObjectNode tree)) {
        throw new InvalidConfigException(file + " must be a map of keys", null);
      }
      Layouts.unify(tree);
      require(tree, "use_model");
      require(tree, "dataset_conf", "train_list");
      require(tree, "preprocess_conf", "feature_method");
      addDefaults(tree, defaults());
      checkKeys(tree, TrainingConfig.class, "");
      return YAML.treeToValue(tree, TrainingConfig.class);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException(file + ": " + e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new InvalidConfigException(file + ": " + reason(e), e);
    }
  }

  private static JsonNode defaults() throws IOException {
    try (InputStream in = ConfigFile.class.getResourceAsStream("defaults.yml")) {
      return YAML.readTree(in);
    }
  }

  private static void require(JsonNode tree, String... path) {
    JsonNode at = tree;
    for (String key : path) {
      at = at.path(key);
    }
    if (at.isMissingNode() || at.isNull()) {
      throw new IllegalArgumentException(String.join(".", path) + " is missing");
    }
  }

  private static void addDefaults(ObjectNode target, JsonNode defaults) {
    for (Map.Entry<String, JsonNode> entry : defaults.properties()) {
      JsonNode present = target.get(entry.getKey());
      if (present == null || present.isNull()) {
        target.set(entry.getKey(), entry.getValue().deepCopy());
      } else if (present instanceof ObjectNode inner) {
        addDefaults(inner, entry.getValue());
      }
    }
  }

  /** Misspelt keys are named before the values that are missing because of them. */
  private static void checkKeys(JsonNode node, Class<?> type, String path) {
    Map<String, Class<?>> known = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      known.put(name(component), component.getType());
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      Class<?> child = known.get(entry.getKey());
      if (child == null) {
        throw new IllegalArgumentException(
            path + entry.getKey() + " is no key; known are " + known.keySet());
      }
      // The changes to the audio check their own keys.
      if (child.isRecord() && child != AugmentConfig.class) {
        checkKeys(entry.getValue(), child, path + entry.getKey() + ".");
      }
    }
  }

  private static String name(RecordComponent component) {
    JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
    return given == null || given.value().isEmpty()
        ? SNAKE_CASE.translate(component.getName())
        : given.value();
  }

  private static String reason(JsonProcessingException e) {
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return String.valueOf(e.getCause().getMessage());
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return mapping.getPath().stream()
              .map(
                  part ->
                      part.getFieldName() == null
                          ? "[" + part.getIndex() + "]"
                          : part.getFieldName())
              .collect(Collectors.joining("."))
          + ": "
          + e.getOriginalMessage();
    }
    return e.getOriginalMessage();
  }
}
