package io.voxtag.standalone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.voxtag.standalone.monitoring.Rules.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of Prometheus, as far as they can be checked without a running system. */
class RulesTest {

  private static final Path RUNBOOK = Path.of("..", "docs", "runbook.md");

  @Test
  void everyAlertSaysWhatItMeansAndWhereToReadOn() throws IOException {
    List<String> sections =
        Files.readAllLines(RUNBOOK).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .toList();
    Set<String> alerts = new TreeSet<>();
    for (Rule rule : Rules.all()) {
      if (rule.alert()) {
        alerts.add(rule.name());
        assertThat(rule.labels()).as(rule.name()).containsKey("severity");
        assertThat(rule.labels().get("severity")).isIn("critical", "warning");
        assertThat(rule.annotations())
            .as(rule.name())
            .containsOnlyKeys("summary", "description", "runbook_url")
            .containsEntry(
                "runbook_url", "docs/runbook.md#" + rule.name().toLowerCase(Locale.ROOT));
      }
    }
    assertThat(sections).containsExactlyInAnyOrderElementsOf(alerts);
  }

  @Test
  void rulesAndDashboardsNameOnlyMetricsThatAreDocumentedOrRecorded() throws IOException {
    Set<String> known = new TreeSet<>();
    MetricsReference.documented()
        .forEach((name, metric) -> known.addAll(MetricsReference.series(name, metric)));
    List<Expression> expressions = new ArrayList<>();
    for (Rule rule : Rules.all()) {
      expressions.add(rule.expression());
      if (!rule.alert()) {
        known.add(rule.name());
      }
    }
    Dashboards.all().stream()
        .flatMap(dashboard -> dashboard.panels().stream())
        .flatMap(panel -> panel.queries().stream())
        .forEach(query -> expressions.add(Expression.ofPanel(query.expression())));

    for (Expression expression : expressions) {
      assertThat(expression.metrics())
          .as(expression.text())
          .isNotEmpty()
          .allSatisfy(
              name -> {
                if (name.startsWith("voxtag")) {
                  assertThat(name).isIn(known);
                }
              });
    }
  }

  @Test
  void promtoolAcceptsTheRules() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("check", "rules"));
    Rules.files().forEach(file -> command.add(file.toString()));

    promtool(command);
  }

  @Test
  void alertsFireWhenTheyShould() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("test", "rules"));
    try (Stream<Path> files = Files.list(Rules.FOLDER.resolve("tests"))) {
      files.sorted().forEach(file -> command.add(file.toString()));
    }

    promtool(command);
  }

  private static void promtool(List<String> arguments) throws IOException, InterruptedException {
    assumeThat(Programs.find("promtool"))
        .as("skipped: promtool is not on the PATH; it comes with Prometheus")
        .isPresent();
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
