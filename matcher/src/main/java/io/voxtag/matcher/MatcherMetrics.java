package io.voxtag.matcher;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** The matcher's own meters; their names begin with {@code voxtag.matcher}. Thread-safe. */
public final class MatcherMetrics {

  private static final String PREFIX = "voxtag.matcher.";
  private static final double[] SCORE_BUCKETS = {
    0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10
  };

  private final MeterRegistry meters;
  private final Timer decision;
  private final Timer enrollment;
  private final Timer redis;
  private final Timer captureToTag;
  private final Counter repeated;

  /** Registers the meters. */
  public MatcherMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.decision =
        timer(
            "decision",
            "Time to score a window against all voices and to decide",
            Duration.ofSeconds(1));
    this.enrollment =
        timer(
            "enrollment.application",
            "Time to decide on an enrolment or erasure and to bring it into Redis",
            Duration.ofSeconds(10));
    this.redis = timer("redis.answer", "Time until Redis answered", Duration.ofSeconds(5));
    this.captureToTag =
        timer(
            "capture.to.tag",
            "From the capture of the last sample of a window to its tag",
            Duration.ofSeconds(30));
    this.repeated =
        Counter.builder(PREFIX + "windows.repeated")
            .description("Windows that came again after they had been scored, and were dropped")
            .register(meters);
  }

  /** Counts a published tag. */
  public void tagged(String state, String model, Duration latency) {
    Counter.builder(PREFIX + "tags")
        .description("Published tags by state and model version")
        .tags("state", state.toLowerCase(Locale.ROOT), "model", model)
        .register(meters)
        .increment();
    captureToTag.record(latency);
  }

  /** Records the score of a window, on the scale that its model decides on. */
  public void scored(String model, float value) {
    DistributionSummary.builder(PREFIX + "score")
        .description(
            "Score of the best candidate of a window: a cosine, or deviations where the model"
                + " normalises scores; below 0 counts as 0")
        .tag("model", model)
        .serviceLevelObjectives(SCORE_BUCKETS)
        .register(meters)
        .record(Math.max(0, value));
  }

  /** Times a decision. */
  public <T> T decide(Supplier<T> work) {
    return decision.record(work);
  }

  /** Times the application of an enrolment; one that Redis does not let through is not counted. */
  public <T> T apply(Supplier<T> work) {
    Timer.Sample start = Timer.start(meters);
    T applied = work.get();
    start.stop(enrollment);
    return applied;
  }

  /** Records how long Redis took to answer. */
  public void redisAnswered(Duration took) {
    redis.record(took);
  }

  /** Counts a window that was scored before. */
  public void repeated() {
    repeated.increment();
  }

  /** Counts an answer to an enrolment. */
  public void enrolled(String outcome) {
    count("enrollments", "Answers to enrolments and erasures by outcome", "outcome", outcome);
  }

  /** Counts a record that went to a dead-letter topic. */
  public void deadLetter(String topic) {
    count("dead.letters", "Records sent to dead-letter topics", "topic", topic);
  }

  /** Counts a window on which a version on its way into service was compared. */
  public void shadowed(String model, String outcome) {
    Counter.builder(PREFIX + "shadow.windows")
        .description("Windows by what a version on its way into service would say of them")
        .tags("model", model, "outcome", outcome)
        .register(meters)
        .increment();
  }

  /** Counts a stream thread that died and was replaced. */
  public void threadReplaced(String application) {
    count("threads.replaced", "Stream threads that failed", "application", application);
  }

  /** Values by tags, all of them replaced at once. */
  public MultiGauge gauges(String name, String description) {
    return MultiGauge.builder(PREFIX + name).description(description).register(meters);
  }

  /** A value that is asked for when it is read. */
  public void gauge(String name, String description, Supplier<Number> value, String... tags) {
    Gauge.builder(PREFIX + name, value).description(description).tags(tags).register(meters);
  }

  /** Where the meters are. */
  public MeterRegistry registry() {
    return meters;
  }

  private void count(String name, String description, String tag, String value) {
    Counter.builder(PREFIX + name)
        .description(description)
        .tag(tag, value.toLowerCase(Locale.ROOT))
        .register(meters)
        .increment();
  }

  private Timer timer(String name, String description, Duration most) {
    return Timer.builder(PREFIX + name)
        .description(description)
        .publishPercentileHistogram()
        .maximumExpectedValue(most)
        .register(meters);
  }
}
