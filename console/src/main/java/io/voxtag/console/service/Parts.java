package io.voxtag.console.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.console.ConsoleSettings;
import io.voxtag.console.follow.TopicFollower;
import io.voxtag.console.follow.TopicFollower.Sink;
import io.voxtag.console.health.KafkaHealth;
import io.voxtag.console.hearing.CallAudio;
import io.voxtag.console.hearing.Naming;
import io.voxtag.console.live.LiveCalls;
import io.voxtag.console.models.ModelDesk;
import io.voxtag.console.push.Browsers;
import io.voxtag.console.push.Subject;
import io.voxtag.console.speakers.Erasure;
import io.voxtag.console.speakers.SpeakerBook;
import io.voxtag.console.training.TrainingDesk;
import io.voxtag.console.training.TrainingRuns;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TrainingEvent;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicReader.Message;
import io.voxtag.schemas.speakers.EnrollmentWriter;
import io.voxtag.schemas.speakers.LabelledUtterances;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The parts of the running console, put together. */
final class Parts implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Parts.class);
  // Recordings are large, and of each only a few words are kept.
  private static final String SMALL_FETCH = Integer.toString(8 * 1024 * 1024);

  final LiveCalls calls;
  final Browsers browsers;
  final SpeakerBook speakers = new SpeakerBook();
  final TrainingRuns runs = new TrainingRuns();
  final TopicFollower<SpeakerTag> tags;
  final TopicFollower<Enrollment> enrollments;
  final ModelDesk models;
  final TrainingDesk training;
  final CallAudio audio;
  final Naming naming;
  final Erasure erasure;
  final KafkaHealth health;

  private final KafkaSettings kafka;
  // Last made, first closed.
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();

  Parts(ConsoleSettings settings, KafkaSettings kafka, ObjectMapper json) {
    this.kafka = kafka;
    try {
      calls =
          new LiveCalls(
              settings.maxCalls(),
              settings.maxStretches(),
              settings.keepEnded(),
              InstantSource.system());
      browsers = closed(new Browsers(calls, json, settings.maxBrowsers()));
      tags =
          follow(
              Topics.SPEAKER_TAGS,
              () -> Optional.of(Instant.now().minus(settings.keepEnded())),
              this::tag);
      enrollments = follow(Topics.ENROLLMENTS, Optional::empty, enrolmentSink());
      follow(
          Topics.ENROLLMENT_RESULTS, Optional::<Instant>empty, message -> answer(message.value()));
      follow(Topics.TRAINING_EVENTS, Optional::<Instant>empty, trainingSink());
      models = closed(new ModelDesk(kafka, () -> browsers.tell(Subject.MODELS)));
      training = closed(new TrainingDesk(kafka));
      EnrollmentWriter writer = closed(new EnrollmentWriter(kafka));
      LabelledUtterances labelled = closed(new LabelledUtterances(kafka));
      audio = new CallAudio(kafka);
      naming = new Naming(writer, labelled);
      erasure = new Erasure(speakers, writer, labelled);
      health = closed(new KafkaHealth(kafka));
      models.start();
      browsers.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private <C extends AutoCloseable> C closed(C part) {
    closing.push(part);
    return part;
  }

  private <V> TopicFollower<V> follow(
      Topic<V> topic, Supplier<Optional<Instant>> since, Sink<V> sink) {
    TopicFollower<V> follower = closed(new TopicFollower<>(lean(kafka), topic, since, sink));
    follower.start();
    return follower;
  }

  private static KafkaSettings lean(KafkaSettings kafka) {
    Map<String, String> properties = new HashMap<>(kafka.properties());
    properties.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, SMALL_FETCH);
    return new KafkaConnection(
        kafka.bootstrapServers(),
        properties,
        kafka.registryUrl(),
        kafka.registryAutoRegister(),
        kafka.startTimeout(),
        kafka.replicationFactor(),
        kafka.security());
  }

  private void tag(Message<SpeakerTag> message) {
    SpeakerTag tag = message.value();
    if (tag != null) {
      calls.add(tag);
    }
  }

  private Sink<Enrollment> enrolmentSink() {
    return new Sink<>() {
      @Override
      public void restart() {
        speakers.restart();
      }

      @Override
      public void take(Message<Enrollment> message) {
        speakers.enrollment(message.key(), message.value());
        browsers.tell(Subject.SPEAKERS);
      }

      @Override
      public void caughtUp() {
        browsers.tell(Subject.SPEAKERS);
      }
    };
  }

  private void answer(@Nullable EnrollmentResult result) {
    if (result != null) {
      speakers.answer(result);
      browsers.tell(Subject.SPEAKERS);
    }
  }

  private Sink<TrainingEvent> trainingSink() {
    return new Sink<>() {
      @Override
      public void restart() {
        runs.restart();
      }

      @Override
      public void take(Message<TrainingEvent> message) {
        TrainingEvent event = message.value();
        if (event != null) {
          runs.add(event);
          browsers.tell(Subject.TRAINING);
        }
      }
    };
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      AutoCloseable part = closing.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warnf(e, "part did not close part=%s", part);
      }
    }
  }
}
