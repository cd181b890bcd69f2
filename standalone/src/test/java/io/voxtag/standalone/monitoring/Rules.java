package io.voxtag.standalone.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rules that are checked in for Prometheus. */
public final class Rules {

  /** The folder with {@code rules} and {@code tests}. */
  public static final Path FOLDER = Path.of("..", "deploy", "prometheus");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Rules() {}

  /**
   * A rule.
   *
   * @param name of the alert, or of the series that is recorded
   * @param alert whether it is an alert
   * @param expression in PromQL
   * @param labels by name
   * @param annotations by name
   */
  public record Rule(
      String name,
      boolean alert,
      Expression expression,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  /** All files with rules. */
  public static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("rules"))) {
      return files.sorted().toList();
    }
  }

  /** All rules, in order. */
  public static List<Rule> all() throws IOException {
    List<Rule> rules = new ArrayList<>();
    for (Path file : files()) {
      for (JsonNode group : YAML.readTree(file.toFile()).get("groups")) {
        group.get("rules").forEach(rule -> rules.add(rule(rule)));
      }
    }
    return rules;
  }

  private static Rule rule(JsonNode node) {
    boolean alert = node.has("alert");
    return new Rule(
        node.get(alert ? "alert" : "record").asText(),
        alert,
        new Expression(node.get("expr").asText()),
        texts(node.path("labels")),
        texts(node.path("annotations")));
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new HashMap<>();
    node.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }
}
