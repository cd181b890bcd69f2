package io.voxtag.deploy;

import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a user of Kafka does there, and so may do: the least that its program works with. Topics are
 * made by Strimzi, so that nobody may make one.
 *
 * @param user name of the user
 * @param reads topics that are read; what cannot be processed of them is set aside, too
 * @param writes topics that are written
 * @param checks topics whose configuration is looked at when the program starts
 * @param watches topics of which only the end is asked for
 * @param groups consumer groups that are joined; a name that ends in {@code *} is a beginning
 * @param watchedGroups consumer groups whose offsets are asked for, likewise
 * @param internal beginning of the names of internal topics and transactions of Kafka Streams;
 *     empty for none
 */
record KafkaAccess(
    String user,
    List<Topic<?>> reads,
    List<Topic<?>> writes,
    List<Topic<?>> checks,
    List<Topic<?>> watches,
    List<String> groups,
    List<String> watchedGroups,
    String internal) {

  // Readers of whole topics belong to no group, but Kafka's client names one.
  private static final String READERS = "voxtag-reader-*";
  private static final String EMBEDDER_ENROLLMENTS = "voxtag-embedder-enrollments-*";

  // What people ask of the system, on the page or with the command line.
  private static final List<Topic<?>> ORDERS =
      List.of(
          Topics.ENROLLMENTS,
          Topics.LABELLED_UTTERANCES,
          Topics.TRAINING_COMMANDS,
          Topics.MODEL_VERSIONS);

  static final KafkaAccess INGEST =
      new KafkaAccess(
          "voxtag-ingest",
          List.of(),
          List.of(Topics.CALL_AUDIO),
          List.of(Topics.CALL_AUDIO),
          List.of(),
          List.of(),
          List.of(),
          "");

  static final KafkaAccess EMBEDDER =
      new KafkaAccess(
          "voxtag-embedder",
          List.of(Topics.CALL_AUDIO, Topics.ENROLLMENTS, Topics.MODEL_VERSIONS),
          List.of(
              Topics.SPEECH_EMBEDDINGS,
              Topics.SHADOW_EMBEDDINGS,
              Topics.ENROLLMENT_EMBEDDINGS,
              Topics.MODEL_VERSIONS),
          Topics.all(),
          List.of(),
          List.of("voxtag-embedder", EMBEDDER_ENROLLMENTS, READERS),
          List.of(),
          "");

  static final KafkaAccess MATCHER =
      new KafkaAccess(
          "voxtag-matcher",
          List.of(
              Topics.SPEECH_EMBEDDINGS,
              Topics.ENROLLMENT_EMBEDDINGS,
              Topics.SHADOW_EMBEDDINGS,
              Topics.SPEAKER_TAGS,
              Topics.MODEL_VERSIONS),
          List.of(
              Topics.SPEAKER_TAGS,
              Topics.ENROLLMENT_RESULTS,
              Topics.ENROLLMENT_EMBEDDINGS,
              Topics.MODEL_VERSIONS),
          Topics.all(),
          List.of(),
          List.of("voxtag-matcher*", READERS),
          List.of(),
          "voxtag-matcher");

  static final KafkaAccess TRAINER =
      new KafkaAccess(
          "voxtag-trainer",
          List.of(
              Topics.LABELLED_UTTERANCES,
              Topics.ENROLLMENTS,
              Topics.ENROLLMENT_EMBEDDINGS,
              Topics.ENROLLMENT_RESULTS,
              Topics.TRAINING_COMMANDS,
              Topics.TRAINING_EVENTS,
              Topics.MODEL_VERSIONS),
          List.of(Topics.TRAINING_EVENTS, Topics.MODEL_VERSIONS, Topics.LABELLED_UTTERANCES),
          Topics.all(),
          List.of(),
          List.of("voxtag-trainer*", READERS),
          List.of(EMBEDDER_ENROLLMENTS),
          "");

  /**
   * The page that shows what goes on: it plays stretches of calls, enrols, corrects and erases,
   * promotes, orders trainings, and says how far everybody is behind.
   */
  static final KafkaAccess CONSOLE =
      new KafkaAccess(
          "voxtag-console",
          List.of(
              Topics.CALL_AUDIO,
              Topics.SPEAKER_TAGS,
              Topics.ENROLLMENTS,
              Topics.ENROLLMENT_RESULTS,
              Topics.LABELLED_UTTERANCES,
              Topics.TRAINING_EVENTS,
              Topics.MODEL_VERSIONS),
          ORDERS,
          List.of(),
          Topics.all(),
          List.of(READERS),
          List.of("voxtag-*"),
          "");

  /** People with the command line: they enrol, label, order trainings, promote, and look. */
  static final KafkaAccess OPERATOR =
      new KafkaAccess(
          "voxtag-operator",
          List.of(
              Topics.SPEAKER_TAGS,
              Topics.ENROLLMENTS,
              Topics.ENROLLMENT_RESULTS,
              Topics.LABELLED_UTTERANCES,
              Topics.TRAINING_EVENTS,
              Topics.MODEL_VERSIONS),
          ORDERS,
          Topics.all(),
          List.of(),
          List.of(READERS),
          List.of(),
          "");

  /** The autoscaler, which asks how far embedders and matchers are behind. */
  static final KafkaAccess KEDA =
      new KafkaAccess(
          "voxtag-keda",
          List.of(),
          List.of(),
          List.of(),
          List.of(Topics.CALL_AUDIO, Topics.SPEECH_EMBEDDINGS),
          List.of(),
          List.of("voxtag-embedder", "voxtag-matcher"),
          "");

  /** Everybody. */
  static final List<KafkaAccess> ALL =
      List.of(INGEST, EMBEDDER, MATCHER, TRAINER, CONSOLE, OPERATOR, KEDA);

  // They read to show: nothing that they cannot read is lost.
  private static final Set<String> ONLOOKERS = Set.of("voxtag-console", "voxtag-operator");

  /** Topics that are written, those of dead letters last. */
  List<Topic<?>> allWrites() {
    if (ONLOOKERS.contains(user)) {
      return writes;
    }
    Stream<Topic<?>> setAside =
        reads.stream().flatMap(topic -> Topics.named(topic.name() + Topic.DLQ_SUFFIX).stream());
    return Stream.concat(writes.stream(), setAside).toList();
  }
}
