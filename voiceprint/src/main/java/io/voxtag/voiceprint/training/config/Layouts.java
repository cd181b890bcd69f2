package io.voxtag.voiceprint.training.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the layouts that the original project has had over time to the one that is bound: a key
 * may lie where it lay in any of them. What two places say differently is refused.
 */
final class Layouts {
  /** From and to; a star stands for every key there. Later moves see what earlier ones moved. */
  private static final List<List<String>> MOVES =
      List.of(
          List.of("dataset_conf.dataset.*", "dataset_conf.*"),
          List.of("dataset_conf.sampler.*", "dataset_conf.*"),
          List.of("dataset_conf.dataLoader.*", "dataset_conf.*"),
          List.of("dataset_conf.max_duration", "dataset_conf.chunk_duration"),
          List.of("dataset_conf.num_workers", "train_conf.num_workers"),
          List.of("feature_conf.*", "preprocess_conf.method_args.*"),
          List.of("model_conf.model", "use_model"),
          List.of("model_conf.model_args.*", "model_conf.*"),
          List.of("model_conf.classifier.num_speakers", "dataset_conf.num_speakers"),
          List.of("model_conf.classifier.*", "classifier_conf.*"),
          List.of("model_conf.lin_neurons", "model_conf.embd_dim"),
          List.of("use_loss", "loss_conf.loss"),
          List.of("loss_conf.use_loss", "loss_conf.loss"),
          List.of("optimizer_conf.learning_rate", "optimizer_conf.optimizer_args.lr"),
          List.of("optimizer_conf.weight_decay", "optimizer_conf.optimizer_args.weight_decay"),
          List.of("optimizer_conf.momentum", "optimizer_conf.optimizer_args.momentum"),
          List.of("optimizer_conf.min_learning_rate", "optimizer_conf.scheduler_args.min_lr"),
          List.of("optimizer_conf.warmup_epoch", "optimizer_conf.scheduler_args.warmup_epoch"));

  /** What is directly in loss_conf; all else there is an argument of the loss. */
  private static final Set<String> LOSS_KEYS =
      Set.of(
          "loss",
          "loss_args",
          "use_margin_scheduler",
          "margin_scheduler_args",
          "margin_start",
          "margin_fix");

  private Layouts() {}

  static void unify(ObjectNode tree) {
    for (List<String> move : MOVES) {
      move(tree, move.get(0), move.get(1));
    }
    if (tree.get("loss_conf") instanceof ObjectNode loss) {
      for (String key : names(loss)) {
        if (!LOSS_KEYS.contains(key)) {
          move(tree, "loss_conf." + key, "loss_conf.loss_args." + key);
        }
      }
    }
  }

  private static void move(ObjectNode tree, String from, String to) {
    List<String> source = List.of(from.split("\\."));
    JsonNode at = tree;
    for (String key : source.subList(0, source.size() - 1)) {
      at = at.path(key);
    }
    if (!(at instanceof ObjectNode holder)) {
      return;
    }
    String last = source.get(source.size() - 1);
    if (!last.equals("*")) {
      moveOne(tree, holder, last, from, to);
      return;
    }
    for (String key : names(holder)) {
      moveOne(tree, holder, key, from.replace("*", key), to.replace("*", key));
    }
    removeEmpty(tree, source.subList(0, source.size() - 1));
  }

  private static void moveOne(
      ObjectNode tree, ObjectNode holder, String key, String from, String to) {
    JsonNode value = holder.remove(key);
    if (value == null) {
      return;
    }
    List<String> target = List.of(to.split("\\."));
    ObjectNode at = tree;
    for (String part : target.subList(0, target.size() - 1)) {
      at = at.get(part) instanceof ObjectNode inner ? inner : at.putObject(part);
    }
    String name = target.get(target.size() - 1);
    JsonNode present = at.get(name);
    if (present != null && !present.equals(value)) {
      throw new IllegalArgumentException(
          "%s is %s and %s is %s, which mean the same: keep one"
              .formatted(from, value, to, present));
    }
    at.set(name, value);
  }

  private static void removeEmpty(ObjectNode tree, List<String> path) {
    JsonNode at = tree;
    for (String key : path.subList(0, path.size() - 1)) {
      at = at.path(key);
    }
    String name = path.get(path.size() - 1);
    if (at instanceof ObjectNode holder && holder.path(name).isEmpty()) {
      holder.remove(name);
    }
  }

  private static List<String> names(ObjectNode node) {
    return new ArrayList<>(node.properties().stream().map(Map.Entry::getKey).toList());
  }
}
