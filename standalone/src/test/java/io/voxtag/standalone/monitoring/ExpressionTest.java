package io.voxtag.standalone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpressionTest {

  @Test
  void metricsAreToldFromFunctionsLabelsAndWords() {
    Expression expression =
        new Expression(
            "histogram_quantile(0.99, sum by (le, stage) (rate(a_bucket[5m]))) > 0.3"
                + " and on (job) max(job:b:rate5m offset 1h) unless c_total{x=\"1\"} or vector(0)");

    assertThat(expression.metrics()).containsExactly("a_bucket", "c_total", "job:b:rate5m");
  }

  @Test
  void aSelectorAsksForItsLabelsWhateverTheirValues() {
    Expression expression = new Expression("sum(rate(a_total{state=~\"x|y\", model!=\"m\"}[1h]))");

    assertThat(expression.selectors()).containsExactly("a_total{state!=\"\", model!=\"\"}");
  }

  @Test
  void theVariablesOfGrafanaAreReplaced() {
    assertThat(Expression.ofPanel("rate(a_total[$__rate_interval])").text())
        .isEqualTo("rate(a_total[1m])");
  }
}
