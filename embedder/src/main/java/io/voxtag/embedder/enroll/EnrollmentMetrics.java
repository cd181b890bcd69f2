package io.voxtag.embedder.enroll;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.voxtag.schemas.event.EmbeddingOutcome;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** What the enrolment path counts and times. Thread-safe. */
final class EnrollmentMetrics {

  private static final String ENROLLMENTS = "voxtag.embedder.enrollments";

  private final MeterRegistry registry;
  private final String model;
  private final Timer examination;
  private final Counter deadLetters;

  EnrollmentMetrics(MeterRegistry registry, String model) {
    this.registry = registry;
    this.model = model;
    this.examination =
        Timer.builder("voxtag.embedder.enrollment.examination")
            .description("Reading, checking and embedding one recording")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofMinutes(1))
            .register(registry);
    this.deadLetters =
        Counter.builder("voxtag.embedder.dead.letters")
            .description("Records sent to a dead-letter topic")
            .tag("topic", "enrollments")
            .register(registry);
  }

  /**
   * @return to be removed from the registry when nothing is counted any more
   */
  Gauge lag(Supplier<Number> records) {
    return Gauge.builder("voxtag.embedder.enrollment.lag", records)
        .description("Records of enrollments not yet answered with a vector of the model")
        .tag("model", model)
        .register(registry);
  }

  void examined(EmbeddingOutcome outcome, Duration took) {
    examination.record(took);
    count(outcome.name().toLowerCase(Locale.ROOT));
  }

  void erased() {
    count("erased");
  }

  void deadLetter() {
    deadLetters.increment();
  }

  private void count(String outcome) {
    Counter.builder(ENROLLMENTS)
        .description("Enrolments answered, by model and outcome")
        .tag("model", model)
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }
}
