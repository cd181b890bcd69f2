package io.voxtag.trainer.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.training.config.InvalidConfigException;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the training configuration of a run from that of the command. Configurations come by
 * message and are not trusted: the recordings are always those of the run, and no file outside of
 * the trainer's data folder can be named.
 */
final class RunConfig {

  private static final int MOST_CHARS = 256 * 1024;
  // Four times as wide as any published network for speakers; a crop of more than a minute helps
  // nobody. What is larger would take all memory, and again after each restart.
  private static final int WIDEST = 4096;
  private static final int LONGEST = 65_536;
  private static final int MOST_ENTRIES = 64;
  private static final int MOST_SECONDS = 60;
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final List<String> LISTS =
      List.of(
          "train_list",
          "test_list",
          "enroll_list",
          "trials_list",
          "sampler_weights",
          "num_speakers");

  private RunConfig() {}

  /**
   * Writes the configuration and reads it as a training does.
   *
   * @param command YAML of the command; null for the default
   * @param base model to start from; null for none
   * @param list of the recordings to train on
   * @param heldOut list of those whose pairs tell the error rate after each epoch; null for none
   * @param data folder that other paths begin at
   * @param file to write
   * @throws RunRefusedException naming the key that is wrong
   */
  static TrainingConfig write(
      @Nullable String command,
      @Nullable ModelManifest base,
      Path list,
      @Nullable Path heldOut,
      Path data,
      Path file)
      throws RunRefusedException, IOException {
    ObjectNode tree = tree(command);
    if (!tree.hasNonNull("use_model")) {
      takeNetwork(tree, base);
    }
    ObjectNode dataset = tree.withObject("/dataset_conf");
    for (String key : LISTS) {
      if (dataset.has(key)) {
        throw new RunRefusedException(
            "config: dataset_conf.%s must not be there: a run trains on the labelled utterances"
                .formatted(key));
      }
    }
    requireInside(tree, data, "");
    requireBounded(tree.path("model_conf"), "model_conf", WIDEST);
    requireBounded(tree.path("preprocess_conf"), "preprocess_conf", LONGEST);
    requireBounded(dataset.path("batch_size"), "dataset_conf.batch_size", WIDEST);
    requireBounded(dataset.path("chunk_duration"), "dataset_conf.chunk_duration", MOST_SECONDS);
    dataset.put("train_list", list.toString());
    if (heldOut != null) {
      dataset.put("test_list", heldOut.toString());
    }
    YAML.writeValue(file.toFile(), tree);
    try {
      return TrainingConfig.read(file);
    } catch (InvalidConfigException | IllegalArgumentException e) {
      throw new RunRefusedException(
          "config: " + String.valueOf(e.getMessage()).replace(file + ": ", ""));
    }
  }

  private static ObjectNode tree(@Nullable String command) throws RunRefusedException, IOException {
    if (command == null) {
      try (InputStream in = RunConfig.class.getResourceAsStream("retrain.yml")) {
        return (ObjectNode) YAML.readTree(in);
      }
    }
    if (command.length() > MOST_CHARS) {
      throw new RunRefusedException(
          "config: %d characters, at most %d are taken".formatted(command.length(), MOST_CHARS));
    }
    try {
      if (YAML.readTree(command) instanceof ObjectNode tree) {
        return tree;
      }
      throw new RunRefusedException("config: must be a map of keys");
    } catch (JsonProcessingException e) {
      throw new RunRefusedException("config: " + e.getOriginalMessage());
    }
  }

  private static void takeNetwork(ObjectNode tree, @Nullable ModelManifest base)
      throws RunRefusedException {
    if (base == null) {
      throw new RunRefusedException(
          "config: use_model is missing, and there is no base version to take the network of");
    }
    tree.put("use_model", base.architecture().name());
    tree.set("model_conf", YAML.valueToTree(base.architecture().args()));
    tree.withObject("/preprocess_conf")
        .put("feature_method", base.features().method())
        .set("method_args", YAML.valueToTree(base.features().args()));
  }

  /** Every key that names a file or folder ends like this, in all configurations. */
  private static boolean namesAFile(String key) {
    return key.endsWith("_dir") || key.endsWith("_list") || key.endsWith("_path");
  }

  private static void requireInside(JsonNode node, Path data, String path)
      throws RunRefusedException {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = path + entry.getKey();
      if (namesAFile(entry.getKey()) && entry.getValue().isTextual()) {
        Path named = data.resolve(entry.getValue().textValue()).normalize();
        if (!named.startsWith(data.normalize()) || !Files.exists(named)) {
          throw new RunRefusedException(
              "config: %s is '%s' but must be in the trainer's data folder %s"
                  .formatted(key, entry.getValue().textValue(), data));
        }
      }
      requireInside(entry.getValue(), data, key + ".");
    }
  }

  private static void requireBounded(JsonNode node, String path, int most)
      throws RunRefusedException {
    if (node.isNumber() && node.doubleValue() > most) {
      throw new RunRefusedException(
          "config: %s is %s; a run by message takes at most %d"
              .formatted(path, node.asText(), most));
    }
    if (node.size() > MOST_ENTRIES) {
      throw new RunRefusedException(
          "config: %s has %d entries; a run by message takes at most %d"
              .formatted(path, node.size(), MOST_ENTRIES));
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      requireBounded(entry.getValue(), path + "." + entry.getKey(), most);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      requireBounded(node.get(i), "%s[%d]".formatted(path, i), most);
    }
  }
}
