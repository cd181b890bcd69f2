package io.voxtag.standalone.monitoring;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A panel of a dashboard.
 *
 * @param kind how it is drawn
 * @param title in a few words
 * @param unit of its values, as Grafana names it
 * @param description what it shows and what to make of it
 * @param goal drawn as a line; null where there is none
 * @param queries at least one
 */
public record Panel(
    Kind kind,
    String title,
    String unit,
    String description,
    @Nullable Double goal,
    List<Query> queries) {

  /** How a panel is drawn. */
  public enum Kind {
    /** The latest value in large. */
    STAT("stat"),
    /** Lines over time. */
    LINES("timeseries"),
    /** Buckets over time. */
    HEATMAP("heatmap");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    String type() {
      return type;
    }
  }

  /**
   * What is asked for.
   *
   * @param expression in PromQL
   * @param legend name of each line; labels in braces, as in <code>{{stage}}</code>
   */
  public record Query(String expression, String legend) {}

  public Panel {
    queries = List.copyOf(queries);
  }

  /** The latest value of one expression. */
  static Panel stat(String title, String unit, String description, String expression) {
    return new Panel(
        Kind.STAT, title, unit, description, null, List.of(new Query(expression, title)));
  }

  /**
   * Lines over time.
   *
   * @param expressionsAndLegends of each query its expression and its legend
   */
  static Panel lines(
      String title, String unit, String description, String... expressionsAndLegends) {
    Query[] queries = new Query[expressionsAndLegends.length / 2];
    Arrays.setAll(
        queries, i -> new Query(expressionsAndLegends[2 * i], expressionsAndLegends[2 * i + 1]));
    return new Panel(Kind.LINES, title, unit, description, null, List.of(queries));
  }

  /** How the values of a histogram lie over time. */
  static Panel heatmap(String title, String unit, String description, String histogram) {
    String expression = "sum by (le) (increase(%s_bucket[$__rate_interval]))".formatted(histogram);
    return new Panel(
        Kind.HEATMAP, title, unit, description, null, List.of(new Query(expression, "{{le}}")));
  }

  Panel withGoal(double value) {
    return new Panel(kind, title, unit, description, value, queries);
  }
}
