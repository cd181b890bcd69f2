package io.voxtag.schemas;

import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.event.LabelledUtterance;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.event.TrainingCommand;
import io.voxtag.schemas.event.TrainingEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All topics of Voxtag: the one place that names them. */
public final class Topics {

  private static final int CALL_PARTITIONS = 12;
  private static final int SPEAKER_PARTITIONS = 4;
  // 60 s of mono FLAC at 48 kHz and 16 bits stay below it even where nothing compresses.
  private static final int RECORDING_BYTES = 8 * 1024 * 1024;

  private static final String CALL_KEY = "callId";
  private static final String UTTERANCE_KEY = "speakerId/utteranceId";
  private static final Retention LATEST = new Retention.LatestPerKey();

  // Clocks that are set at all differ by less.
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  /**
   * Audio of live calls. Kept only as long as a service may need to catch up. The embedder closes
   * silent legs by the timestamps of its records, so that none may come from the future.
   */
  public static final Topic<AudioChunk> CALL_AUDIO =
      new Topic<>(
          "call-audio",
          AudioChunk.class,
          CALL_KEY,
          CALL_PARTITIONS,
          days(1),
          Topic.DEFAULT_MAX_MESSAGE_BYTES,
          Optional.of(CLOCK_SKEW));

  /** One record for each window of a leg. */
  public static final Topic<SpeechEmbedding> SPEECH_EMBEDDINGS =
      topic("speech-embeddings", SpeechEmbedding.class, CALL_KEY, CALL_PARTITIONS, days(3));

  /**
   * The same windows under model versions that are on their way into service, so that what these
   * would say can be compared with what is said. Nobody is told of it.
   */
  public static final Topic<SpeechEmbedding> SHADOW_EMBEDDINGS =
      topic("shadow-embeddings", SpeechEmbedding.class, CALL_KEY, CALL_PARTITIONS, days(1));

  /** Who speaks, one record for each window of a leg. */
  public static final Topic<SpeakerTag> SPEAKER_TAGS =
      topic("speaker-tags", SpeakerTag.class, CALL_KEY, CALL_PARTITIONS, days(30));

  /**
   * Recordings of the speakers to be known. A tombstone erases one; keyed {@link EnrollmentKey}.
   */
  public static final Topic<Enrollment> ENROLLMENTS =
      new Topic<>(
          "enrollments",
          Enrollment.class,
          UTTERANCE_KEY,
          SPEAKER_PARTITIONS,
          LATEST,
          RECORDING_BYTES);

  /** The voices in the enrolments, per model version; keyed {@link EnrollmentEmbeddingKey}. */
  public static final Topic<EnrollmentEmbedding> ENROLLMENT_EMBEDDINGS =
      topic(
          "enrollment-embeddings",
          EnrollmentEmbedding.class,
          UTTERANCE_KEY + "/modelVersion",
          SPEAKER_PARTITIONS,
          LATEST);

  /** Answers to enrolments and erasures; keyed {@link EnrollmentKey}. */
  public static final Topic<EnrollmentResult> ENROLLMENT_RESULTS =
      topic(
          "enrollment-results",
          EnrollmentResult.class,
          UTTERANCE_KEY,
          SPEAKER_PARTITIONS,
          days(30));

  /** Recordings to train on. A tombstone erases one; keyed {@link EnrollmentKey}. */
  public static final Topic<LabelledUtterance> LABELLED_UTTERANCES =
      new Topic<>(
          "labelled-utterances",
          LabelledUtterance.class,
          UTTERANCE_KEY,
          SPEAKER_PARTITIONS,
          LATEST,
          RECORDING_BYTES);

  /** Requests to the trainer, in one order for all. */
  public static final Topic<TrainingCommand> TRAINING_COMMANDS =
      topic("training-commands", TrainingCommand.class, "requestId", 1, days(7));

  /** Progress and results of training. */
  public static final Topic<TrainingEvent> TRAINING_EVENTS =
      topic("training-events", TrainingEvent.class, "requestId", 1, days(30));

  /** The state of every model version, in one order for all. */
  public static final Topic<ModelVersion> MODEL_VERSIONS =
      topic("model-versions", ModelVersion.class, "version", 1, LATEST);

  private static final List<Topic<?>> RECORDS =
      List.of(
          CALL_AUDIO,
          SPEECH_EMBEDDINGS,
          SHADOW_EMBEDDINGS,
          SPEAKER_TAGS,
          ENROLLMENTS,
          ENROLLMENT_EMBEDDINGS,
          ENROLLMENT_RESULTS,
          LABELLED_UTTERANCES,
          TRAINING_COMMANDS,
          TRAINING_EVENTS,
          MODEL_VERSIONS);

  private static final List<Topic<byte[]>> DEAD_LETTERS =
      Stream.of(
              CALL_AUDIO,
              SPEECH_EMBEDDINGS,
              ENROLLMENTS,
              ENROLLMENT_EMBEDDINGS,
              LABELLED_UTTERANCES,
              TRAINING_COMMANDS,
              MODEL_VERSIONS)
          .map(Topic::dlq)
          .toList();

  private static final List<Topic<?>> ALL =
      Stream.<Topic<?>>concat(RECORDS.stream(), DEAD_LETTERS.stream()).toList();

  private Topics() {}

  /** Every topic, those of dead letters last. */
  public static List<Topic<?>> all() {
    return ALL;
  }

  /** The topics that carry Avro records. */
  public static List<Topic<?>> records() {
    return RECORDS;
  }

  /** The dead-letter topics of all topics that a service processes. */
  public static List<Topic<byte[]>> deadLetters() {
    return DEAD_LETTERS;
  }

  /** The topic of that name, empty where Voxtag has none. */
  public static Optional<Topic<?>> named(String name) {
    return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
  }

  private static <V> Topic<V> topic(
      String name, Class<V> value, String key, int partitions, Retention retention) {
    return new Topic<>(name, value, key, partitions, retention, Topic.DEFAULT_MAX_MESSAGE_BYTES);
  }

  private static Retention days(int days) {
    return new Retention.For(Duration.ofDays(days));
  }
}
