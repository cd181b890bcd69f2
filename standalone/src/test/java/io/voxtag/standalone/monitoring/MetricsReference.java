package io.voxtag.standalone.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The table of docs/metrics.md, and what a service shows, in the same form. */
public final class MetricsReference {

  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `(voxtag_\\w+)` \\| (\\w+) \\| ([^|]*) \\| [^|]+ \\| (\\w+) \\|$");
  private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");
  private static final Pattern TYPE = Pattern.compile("^# TYPE (voxtag_\\w+) (\\w+)$");
  private static final Pattern SERIES = Pattern.compile("^(voxtag_\\w+?)(\\{(.*)\\})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern PART = Pattern.compile("_(bucket|count|sum)$");

  private MetricsReference() {}

  /**
   * A metric.
   *
   * @param type gauge, counter, summary or histogram
   * @param labels their names, {@code le} left out
   */
  public record Metric(String type, Set<String> labels) {}

  /** The metrics that the table names. */
  public static Map<String, Metric> documented() throws IOException {
    Map<String, Metric> metrics = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> labels = new TreeSet<>();
        QUOTED.matcher(row.group(3)).results().forEach(label -> labels.add(label.group(1)));
        metrics.put(row.group(1), new Metric(row.group(2), labels));
      }
    }
    return metrics;
  }

  /** The metrics of Voxtag in the text that a service gives to Prometheus. */
  public static Map<String, Metric> scraped(String text) {
    Map<String, String> types = new TreeMap<>();
    Map<String, Metric> metrics = new TreeMap<>();
    text.lines()
        .map(TYPE::matcher)
        .filter(Matcher::matches)
        .forEach(type -> types.put(named(type.group(1), type.group(2)), type.group(2)));
    types.forEach(
        (name, type) -> {
          if (!isMaximum(name, types)) {
            metrics.put(name, new Metric(type, new TreeSet<>()));
          }
        });
    text.lines()
        .map(SERIES::matcher)
        .filter(Matcher::matches)
        .forEach(series -> labels(metrics, series.group(1), series.group(3)));
    return metrics;
  }

  /** OpenMetrics leaves the ending of counters out where it says their type. */
  private static String named(String name, String type) {
    return type.equals("counter") && !name.endsWith("_total") ? name + "_total" : name;
  }

  /** Whether a gauge is the maximum that comes with a histogram or summary. */
  private static boolean isMaximum(String name, Map<String, String> types) {
    String base = name.replaceFirst("_max$", "");
    return !base.equals(name) && types.containsKey(base);
  }

  private static void labels(Map<String, Metric> metrics, String series, @Nullable String labels) {
    Metric metric = metrics.get(series);
    if (metric == null) {
      metric = metrics.get(PART.matcher(series).replaceFirst(""));
    }
    if (metric != null && labels != null) {
      Matcher label = LABEL.matcher(labels);
      while (label.find()) {
        if (!label.group(1).equals("le")) {
          metric.labels().add(label.group(1));
        }
      }
    }
  }

  /** The series of a metric, as an expression names them. */
  static Set<String> series(String name, Metric metric) {
    return switch (metric.type()) {
      case "histogram" -> Set.of(name + "_bucket", name + "_count", name + "_sum", name + "_max");
      case "summary" -> Set.of(name + "_count", name + "_sum", name + "_max");
      default -> Set.of(name);
    };
  }
}
