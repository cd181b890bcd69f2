package io.voxtag.voiceprint.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.voxtag.voiceprint.bundle.ModelManifest.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration file of a training run says of the network and its features.
 *
 * @param architecture as configurations here call it, where the file names it so
 * @param arguments of the architecture
 * @param features empty where the file leaves them to the project's convention
 */
record TrainingSettings(
    Optional<String> architecture, Map<String, Object> arguments, Optional<Features> features) {
  private static final int SAMPLE_RATE = 16_000;
  private static final int MAX_BYTES = 1 << 20;
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** Nothing. */
  static final TrainingSettings NONE =
      new TrainingSettings(Optional.empty(), Map.of(), Optional.empty());

  /**
   * Reads the file of a source.
   *
   * @throws ImportException if it is no such file, or says what is not known here
   */
  static TrainingSettings read(Path file, CheckpointSource source) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new ImportException(file + ": is too large for a configuration");
    }
    try {
      JsonNode tree = YAML.readTree(Files.readString(file));
      return source == CheckpointSource.WESPEAKER ? weSpeaker(tree, file) : original(tree, file);
    } catch (JsonProcessingException e) {
      throw new ImportException(file + ": is not valid YAML: " + e.getOriginalMessage(), e);
    }
  }

  private static TrainingSettings weSpeaker(JsonNode tree, Path file) throws ImportException {
    JsonNode data = tree.path("dataset_args");
    requireText(file, "dataset_args.frontend", data.path("frontend"), "fbank");
    requireRate(file, "dataset_args.resample_rate", data.path("resample_rate"));
    if (!data.path("fbank_args").isObject()) {
      throw new ImportException(file + ": has no dataset_args.fbank_args");
    }
    Map<String, Object> arguments = new LinkedHashMap<>(values(data.path("fbank_args")));
    // Only training adds noise to the samples.
    arguments.remove("dither");
    arguments.put("window_type", "hamming");
    return new TrainingSettings(
        Optional.empty(), Map.of(), Optional.of(new Features("Fbank", arguments)));
  }

  /** All layouts that the project's files have had; later ones nest what earlier ones did not. */
  private static TrainingSettings original(JsonNode tree, Path file) throws ImportException {
    JsonNode preprocessing = tree.path("preprocess_conf");
    if (preprocessing.path("use_hf_model").asBoolean(false)) {
      throw new ImportException(
          file + ": preprocess_conf.use_hf_model is true; features of such models are not known");
    }
    JsonNode data = tree.path("dataset_conf");
    requireRate(file, "dataset_conf.sample_rate", data.path("sample_rate"));
    requireRate(file, "dataset_conf.dataset.sample_rate", data.path("dataset").path("sample_rate"));
    String method = preprocessing.path("feature_method").asText("");
    JsonNode network = tree.path("model_conf");
    String model = tree.path("use_model").asText(network.path("model").asText(""));
    if (method.isEmpty() || model.isEmpty()) {
      throw new ImportException(
          file + ": must have preprocess_conf.feature_method and model_conf.model (or use_model)");
    }
    Map<String, Object> featureArguments =
        new LinkedHashMap<>(values(first(preprocessing.path("method_args"), tree, "feature_conf")));
    if (method.equals("Fbank")) {
      featureArguments.put("input_scale", 1);
    }
    Map<String, Object> arguments =
        new LinkedHashMap<>(
            values(network.has("model") ? network.path("model_args") : plain(network)));
    if (arguments.containsKey("lin_neurons")) {
      arguments.put("embd_dim", arguments.remove("lin_neurons"));
    }
    return new TrainingSettings(
        Optional.of(model), arguments, Optional.of(new Features(method, featureArguments)));
  }

  private static JsonNode plain(JsonNode network) {
    return network.has("backbone") ? network.path("backbone") : network;
  }

  private static JsonNode first(JsonNode node, JsonNode tree, String other) {
    return node.isObject() ? node : tree.path(other);
  }

  private static Map<String, Object> values(JsonNode node) {
    return node.isObject()
        ? YAML.convertValue(node, new TypeReference<Map<String, Object>>() {})
        : Map.of();
  }

  private static void requireText(Path file, String key, JsonNode node, String right)
      throws ImportException {
    if (!node.isMissingNode() && !node.asText().equals(right)) {
      throw new ImportException(
          "%s: %s is '%s'; only '%s' is known".formatted(file, key, node.asText(), right));
    }
  }

  private static void requireRate(Path file, String key, JsonNode node) throws ImportException {
    if (!node.isMissingNode() && node.asInt() != SAMPLE_RATE) {
      throw new ImportException(
          "%s: %s is %s; models here listen at %d Hz".formatted(file, key, node, SAMPLE_RATE));
    }
  }
}
