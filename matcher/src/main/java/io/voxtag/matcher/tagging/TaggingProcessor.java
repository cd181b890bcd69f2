package io.voxtag.matcher.tagging;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.voxtag.matcher.MatcherMetrics;
import io.voxtag.matcher.model.ModelSpace;
import io.voxtag.matcher.model.ModelSpaces;
import io.voxtag.matcher.streams.UnusableRecordException;
import io.voxtag.schemas.event.Candidate;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.event.TagState;
import io.voxtag.scoring.Decision;
import io.voxtag.scoring.Decision.Verdict;
import io.voxtag.scoring.LegStateFormatException;
import io.voxtag.scoring.Ruling;
import io.voxtag.scoring.SpeechWindow;
import io.voxtag.scoring.VoiceprintSnapshot;
import io.voxtag.tracing.Traces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tags each window of a leg once. What it knows of a leg is in the store: a leg that has ended
 * leaves behind which window was its last, so that a replay is still noticed, until stream time has
 * passed it by the time to live.
 */
final class TaggingProcessor implements Processor<String, SpeechEmbedding, String, SpeakerTag> {

  static final String STORE = "legs";

  private static final Logger LOG = LoggerFactory.getLogger(TaggingProcessor.class);
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final ModelSpaces models;
  private final Duration timeToLive;
  private final MatcherMetrics metrics;
  private final Clock clock;
  private @Nullable ProcessorContext<String, SpeakerTag> context;
  private @Nullable KeyValueStore<String, byte[]> legs;

  TaggingProcessor(ModelSpaces models, Duration timeToLive, MatcherMetrics metrics, Clock clock) {
    this.models = models;
    this.timeToLive = timeToLive;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<String, SpeakerTag> processorContext) {
    context = processorContext;
    legs = processorContext.getStateStore(STORE);
    processorContext.schedule(SWEEP, PunctuationType.STREAM_TIME, this::forgetIdleLegs);
  }

  @Override
  public void process(Record<String, SpeechEmbedding> record) {
    Span span = Traces.next("matcher", "decide window", SpanKind.CONSUMER, record.headers());
    try {
      // So that whoever reads the tag goes on from here.
      Traces.inject(span, record.headers());
      process(record, span);
    } catch (RuntimeException e) {
      Traces.fail(span, e);
      throw e;
    }
    span.end();
  }

  private void process(Record<String, SpeechEmbedding> record, Span span) {
    SpeechEmbedding embedding = EmbeddingChecks.checked(record.key(), record.value());
    String key =
        StoredLeg.key(embedding.getCallId(), embedding.getChannel(), embedding.getStreamId());
    byte[] stored = legs().get(key);
    StoredLeg leg = stored == null ? null : StoredLeg.read(stored);
    if (leg != null && embedding.getWindowIndex() <= leg.lastWindow()) {
      // Where one comes again, more may: the leg must not be forgotten between them.
      legs().put(key, leg.touched(context().currentStreamTimeMs()).write());
      metrics.repeated();
      return;
    }

    ModelSpace space = space(embedding);
    SpeechWindow window = EmbeddingChecks.window(embedding, space.model());
    VoiceprintSnapshot enrolled = space.voiceprints();
    Decided decided = metrics.decide(() -> decide(space.decision(), window, enrolled, space, leg));
    SpeakerTag tag = tag(embedding, decided.ruling(), enrolled.version());
    SpeechHeard heard = heard(tag, leg == null ? SpeechHeard.NOTHING : leg.heard());

    long now = context().currentStreamTimeMs();
    StoredLeg next =
        embedding.getLast()
            ? StoredLeg.ended(window.index(), now)
            : new StoredLeg(window.index(), now, space.model().version(), heard, decided.state());
    legs().put(key, next.write());
    if (span.isRecording()) {
      span.setAttribute("voxtag.call.id", tag.getCallId());
      span.setAttribute("voxtag.call.channel", tag.getChannel());
      span.setAttribute("voxtag.window.index", tag.getWindowIndex());
      span.setAttribute("voxtag.model.version", tag.getModelVersion());
      span.setAttribute("voxtag.state", tag.getState().name());
    }
    context().forward(record.withValue(tag));
    measure(tag);
  }

  private ModelSpace space(SpeechEmbedding embedding) {
    String version = embedding.getModelVersion();
    if (embedding.getVector() == null) {
      // Nothing is compared, so that any model will do to say that there is too little speech.
      return models.find(version).orElseGet(models::active);
    }
    return models
        .await(version)
        .orElseThrow(
            () ->
                new UnusableRecordException(
                    "The vector is of model version "
                        + version
                        + "; known here are "
                        + String.join(", ", models.versions())));
  }

  /** A statement and what is to be remembered for the next one. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Decided(Ruling ruling, byte[] state) {}

  private static <S> Decided decide(
      Decision<S> decision,
      SpeechWindow window,
      VoiceprintSnapshot enrolled,
      ModelSpace space,
      @Nullable StoredLeg leg) {
    Verdict<S> verdict =
        decision.decide(window, enrolled, remembered(decision, leg, space.model().version()));
    return new Decided(verdict.ruling(), decision.write(verdict.state()));
  }

  private static <S> S remembered(
      Decision<S> decision, @Nullable StoredLeg leg, String modelVersion) {
    if (leg == null || leg.state().length == 0 || !leg.modelVersion().equals(modelVersion)) {
      return decision.start();
    }
    try {
      return decision.read(leg.state());
    } catch (LegStateFormatException e) {
      LOG.warn(
          "A leg starts afresh, as another decision wrote its state, reason={}", e.getMessage());
      return decision.start();
    }
  }

  private SpeakerTag tag(SpeechEmbedding embedding, Ruling ruling, String registryVersion) {
    Instant captured = embedding.getCapturedAt();
    return SpeakerTag.newBuilder()
        .setCallId(embedding.getCallId())
        .setChannel(embedding.getChannel())
        .setStreamId(embedding.getStreamId())
        .setWindowIndex(embedding.getWindowIndex())
        .setStartMs(embedding.getStartMs())
        .setEndMs(embedding.getEndMs())
        .setState(TagState.valueOf(ruling.state().name()))
        .setStage(TagStage.valueOf(ruling.stage().name()))
        .setSpeakerId(ruling.speaker())
        .setSinceMs(ruling.sinceMs())
        .setScore(ruling.score())
        .setPosterior(ruling.posterior())
        .setCandidates(
            ruling.candidates().stream()
                .map(
                    candidate ->
                        Candidate.newBuilder()
                            .setSpeakerId(candidate.speakerId())
                            .setScore(candidate.score())
                            .setPosterior(candidate.posterior())
                            .build())
                .toList())
        .setNetSpeechMs(embedding.getNetSpeechMs())
        .setModelVersion(embedding.getModelVersion())
        .setRegistryVersion(registryVersion)
        .setCapturedAt(captured)
        .setLatencyMs(latencyMs(captured))
        .setLast(embedding.getLast())
        .build();
  }

  private int latencyMs(Instant captured) {
    long latency = clock.millis() - captured.toEpochMilli();
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, latency));
  }

  private void measure(SpeakerTag tag) {
    metrics.tagged(
        tag.getState().name(), tag.getModelVersion(), Duration.ofMillis(tag.getLatencyMs()));
    Float score = tag.getScore();
    if (score != null) {
      metrics.scored(tag.getModelVersion(), score);
    }
    List<Candidate> best = tag.getCandidates();
    if (best.size() > 1) {
      metrics.separated(tag.getModelVersion(), best.get(0).getScore() - best.get(1).getScore());
    }
  }

  private SpeechHeard heard(SpeakerTag tag, SpeechHeard before) {
    SpeechHeard heard = before.and(tag.getStartMs(), tag.getEndMs(), tag.getNetSpeechMs());
    boolean firm =
        tag.getStage() == TagStage.CONFIRMED
            && (tag.getState() == TagState.IDENTIFIED || tag.getState() == TagState.UNKNOWN);
    if (heard.decided() || !firm) {
      return heard;
    }
    metrics.firstDecided(tag.getState().name(), heard.speech());
    return SpeechHeard.DECIDED;
  }

  private void forgetIdleLegs(long streamTime) {
    long oldest = streamTime - timeToLive.toMillis();
    try (KeyValueIterator<String, byte[]> all = legs().all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> leg = all.next();
        if (StoredLeg.read(leg.value).touchedAt() < oldest) {
          legs().delete(leg.key);
        }
      }
    }
  }

  private ProcessorContext<String, SpeakerTag> context() {
    return Objects.requireNonNull(context, "init comes first");
  }

  private KeyValueStore<String, byte[]> legs() {
    return Objects.requireNonNull(legs, "init comes first");
  }
}
