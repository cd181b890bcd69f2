package io.voxtag.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.matcher.MatcherMetrics;
import io.voxtag.standalone.monitoring.Dashboards;
import io.voxtag.standalone.monitoring.Expression;
import io.voxtag.standalone.monitoring.MetricsReference;
import io.voxtag.standalone.monitoring.MetricsReference.Metric;
import io.voxtag.standalone.monitoring.Programs;
import io.voxtag.standalone.monitoring.Rules;
import io.voxtag.standalone.monitoring.Rules.Rule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator watches, on a running system with calls and enrolments. What needs Prometheus is
 * skipped where there is none on the PATH.
 */
class PrometheusIT {

  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  // Those of drift need an hour with calls.
  private static final Set<String> SLOW =
      Set.of("voxtag:unknown:ratio1h", "voxtag:score:mean1h", "voxtag:margin:mean1h");

  @TempDir private static Path folder;

  private static @Nullable Voxtag up;
  private static @Nullable PrometheusServer prometheus;
  private static URI metrics = URI.create("http://127.0.0.1/");

  @BeforeAll
  static void aSystemWithCallsAndVoices() throws IOException, InterruptedException {
    StarterModel.required();
    up =
        Voxtag.start(folder, "up", "--data", data(), "--port", "0", "--kafka-port", "0")
            .awaitOutput("Voxtag is up");
    JsonNode running = new ObjectMapper().readTree(folder.resolve("data/running.json").toFile());
    metrics = URI.create(running.get("http").asText() + "/q/metrics");
    Optional<Path> program = Programs.find("prometheus");
    if (program.isPresent()) {
      prometheus = PrometheusServer.start(program.get(), folder, metrics);
    }
    enroll("alma");
    enroll("bruno");
    run("stream", SAMPLES.resolve("calls/desk-order.wav").toString(), "--speed", "max");
    Awaitility.await("a decision on both legs")
        .atMost(PATIENCE)
        .until(() -> scrape().contains("voxtag_matcher_speech_to_decision_seconds_count"));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (prometheus != null) {
      prometheus.close();
    }
    if (up != null) {
      up.close();
    }
  }

  @Test
  void theTableOfMetricsIsWhatServicesShow() throws IOException, InterruptedException {
    Map<String, Metric> shown = MetricsReference.scraped(scrape());
    // There once a version is on its way into service, which takes longer than this test.
    shown.put("voxtag_matcher_shadow_windows_total", shadowWindows());
    shown.put(
        "voxtag_embedder_shadow_windows_total", new Metric("counter", Set.of("model", "outcome")));

    assertThat(shown).containsExactlyInAnyOrderEntriesOf(MetricsReference.documented());
  }

  private static Metric shadowWindows() {
    MeterRegistry registry = new SimpleMeterRegistry();
    new MatcherMetrics(registry).shadowed("candidate-1", "agree");
    Counter counter = registry.get("voxtag.matcher.shadow.windows").counter();
    return new Metric(
        "counter", counter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toSet()));
  }

  @Test
  void prometheusEvaluatesAllRules() throws IOException, InterruptedException {
    PrometheusServer server = prometheus();
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode group : server.ruleGroups()) {
      for (JsonNode rule : group.get("rules")) {
        names.add(rule.get("name").asText());
        Awaitility.await(rule.get("name").asText())
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(healthOf(server, rule)).isEqualTo("ok"));
      }
    }
    assertThat(names).containsAll(Rules.all().stream().map(Rule::name).toList());
  }

  private static String healthOf(PrometheusServer server, JsonNode rule)
      throws IOException, InterruptedException {
    for (JsonNode group : server.ruleGroups()) {
      for (JsonNode now : group.get("rules")) {
        if (now.get("name").equals(rule.get("name"))
            && now.get("query").equals(rule.get("query"))) {
          return now.get("health").asText() + now.path("lastError").asText();
        }
      }
    }
    return "gone";
  }

  @Test
  void everyExpressionOfRulesAsksForSeriesThatExist() throws IOException, InterruptedException {
    PrometheusServer server = prometheus();
    for (Rule rule : Rules.all()) {
      server.query(rule.expression().text());
      requireSeries(server, rule.expression());
    }
  }

  @Test
  void everyPanelShowsSomething() throws IOException, InterruptedException {
    PrometheusServer server = prometheus();
    for (Expression expression : panels()) {
      requireSeries(server, expression);
      if (expression.metrics().stream().noneMatch(SLOW::contains)) {
        Awaitility.await(expression.text())
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(server.query(expression.text())).isNotEmpty());
      } else {
        server.query(expression.text());
      }
    }
  }

  private static void requireSeries(PrometheusServer server, Expression expression) {
    for (String selector : expression.selectors()) {
      String name = selector.replaceFirst("\\{.*", "");
      // There while an alert fires.
      if (!SLOW.contains(name) && !name.equals("ALERTS")) {
        Awaitility.await("series of " + selector + " in " + expression.text())
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(server.series(selector)).isPositive());
      }
    }
  }

  private static List<Expression> panels() {
    return Dashboards.all().stream()
        .flatMap(dashboard -> dashboard.panels().stream())
        .flatMap(panel -> panel.queries().stream())
        .map(query -> Expression.ofPanel(query.expression()))
        .toList();
  }

  private static PrometheusServer prometheus() {
    assumeThat(prometheus).as("skipped: prometheus is not on the PATH").isNotNull();
    return Objects.requireNonNull(prometheus);
  }

  private static String scrape() throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
        .body();
  }

  private static void enroll(String speaker) throws IOException, InterruptedException {
    Path recordings = SAMPLES.resolve("enrolment").resolve(speaker);
    run("enroll", speaker, recordings.resolve("1.opus").toString());
  }

  private static void run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of("--data", data()));
    Voxtag.run(folder, command.toArray(String[]::new)).exitsWith(0);
  }

  private static String data() {
    return folder.resolve("data").toString();
  }
}
