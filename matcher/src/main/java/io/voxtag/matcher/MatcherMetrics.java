package io.voxtag.matcher;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Timer;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.EnrollmentOutcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/** The matcher's own meters; their names begin with {@code voxtag.matcher}. Thread-safe. */
public final class MatcherMetrics {

  private static final String PREFIX = "voxtag.matcher.";
  private static final double[] MARGIN_BUCKETS = {
    0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2, 3, 4, 5, 7, 10
  };

  /** Close together below the goal, that a tag is there 300 ms after the last sample. */
  private static final Duration[] LATENCY_BUCKETS =
      millis(
          10, 25, 50, 75, 100, 125, 150, 175, 200, 225, 250, 275, 300, 350, 400, 500, 750, 1000,
          2000, 5000, 10_000, 30_000);

  private static final Duration[] DECISION_BUCKETS =
      millis(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 250, 1000);
  private static final Duration[] REDIS_BUCKETS =
      millis(0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 250, 500, 1000, 2500, 5000, 10_000);
  private static final Duration[] SPEECH_BUCKETS =
      millis(
          1000, 1500, 2000, 2500, 3000, 4000, 5000, 6000, 8000, 10_000, 15_000, 20_000, 30_000,
          60_000);

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
            DECISION_BUCKETS);
    this.enrollment =
        timer(
            "enrollment.application",
            "Time to decide on an enrolment or erasure and to bring it into Redis",
            REDIS_BUCKETS);
    this.redis = timer("redis.answer", "Time until Redis answered", REDIS_BUCKETS);
    this.captureToTag =
        timer(
            "capture.to.tag",
            "From the capture of the last sample of a window to its tag",
            LATENCY_BUCKETS);
    this.repeated =
        Counter.builder(PREFIX + "windows.repeated")
            .description("Windows that came again after they had been scored, and were dropped")
            .register(meters);
    // From the start, so that the first increase shows.
    deadLetters(Topics.SPEECH_EMBEDDINGS.name());
    deadLetters(Topics.ENROLLMENT_EMBEDDINGS.name());
    for (EnrollmentOutcome outcome : EnrollmentOutcome.values()) {
      enrollments(outcome.name());
    }
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

  /** Records how far the best candidate of a window is ahead of the next one. */
  public void separated(String model, float margin) {
    DistributionSummary.builder(PREFIX + "margin")
        .description(
            "Score of the best candidate of a window less that of the next one, on the scale of"
                + " the score")
        .tag("model", model)
        .serviceLevelObjectives(MARGIN_BUCKETS)
        .register(meters)
        .record(Math.max(0, margin));
  }

  /** Records how much speech of a leg it took until something firm was said of it. */
  public void firstDecided(String state, Duration speech) {
    Timer.builder(PREFIX + "speech.to.decision")
        .description("Speech of a leg until the first confirmed statement on who it is")
        .tag("state", state.toLowerCase(Locale.ROOT))
        .serviceLevelObjectives(SPEECH_BUCKETS)
        .register(meters)
        .record(speech);
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
    enrollments(outcome).increment();
  }

  /** Counts a record that went to a dead-letter topic. */
  public void deadLetter(String topic) {
    deadLetters(topic).increment();
  }

  /** Counts a window on which a version on its way into service was compared. */
  public void shadowed(String model, String outcome) {
    Counter.builder(PREFIX + "shadow.windows")
        .description("Windows by what a version on its way into service would say of them")
        .tags("model", model, "outcome", outcome)
        .register(meters)
        .increment();
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

  /** The stream threads of an application that died, counted from now on. */
  public Counter threadsReplaced(String application) {
    return counter("threads.replaced", "Stream threads that failed", "application", application);
  }

  private Counter enrollments(String outcome) {
    return counter(
        "enrollments", "Answers to enrolments and erasures by outcome", "outcome", outcome);
  }

  private Counter deadLetters(String topic) {
    return counter("dead.letters", "Records sent to dead-letter topics", "topic", topic);
  }

  private Counter counter(String name, String description, String tag, String value) {
    return Counter.builder(PREFIX + name)
        .description(description)
        .tag(tag, value.toLowerCase(Locale.ROOT))
        .register(meters);
  }

  private Timer timer(String name, String description, Duration[] buckets) {
    return Timer.builder(PREFIX + name)
        .description(description)
        .serviceLevelObjectives(buckets)
        .register(meters);
  }

  private static Duration[] millis(double... values) {
    return Arrays.stream(values)
        .mapToObj(value -> Duration.ofNanos(Math.round(value * 1e6)))
        .toArray(Duration[]::new);
  }
}
