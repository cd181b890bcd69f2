package io.voxtag.schemas;

import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.AudioEncoding;
import io.voxtag.schemas.event.AudioFormat;
import io.voxtag.schemas.event.Candidate;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.EmbeddingOutcome;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.schemas.event.EnrollmentOperation;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.event.LabelledUtterance;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.event.TagState;
import io.voxtag.schemas.event.TrainingAction;
import io.voxtag.schemas.event.TrainingCommand;
import io.voxtag.schemas.event.TrainingEvent;
import io.voxtag.schemas.event.TrainingPhase;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** One record of each topic, with every field set. */
public final class SampleEvents {

  private static final Instant AT = Instant.parse("2026-03-04T05:06:07.089Z");
  private static final ByteBuffer VECTOR = Vectors.encode(new float[] {0.6f, -0.8f, 0f, 1e-7f});
  private static final AudioClip CLIP =
      new AudioClip(AudioFormat.FLAC, ByteBuffer.wrap(new byte[] {'f', 'L', 'a', 'C', 0, -1}));
  private static final Consent CONSENT = new Consent("explicit consent", "doc-17", AT);

  public static final AudioChunk AUDIO_CHUNK =
      AudioChunk.newBuilder()
          .setCallId("call-1")
          .setChannel(1)
          .setStreamId("stream-7")
          .setSequence(4_294_967_296L)
          .setStartSample(160)
          .setSampleRate(8000)
          .setEncoding(AudioEncoding.MULAW)
          .setPayload(ByteBuffer.wrap(new byte[] {0, 1, -1, 127, -128}))
          .setCapturedAt(AT)
          .setLast(true)
          .build();

  static final SpeechEmbedding SPEECH_EMBEDDING =
      SpeechEmbedding.newBuilder()
          .setCallId("call-1")
          .setChannel(0)
          .setStreamId("stream-7")
          .setWindowIndex(3)
          .setStartMs(3000)
          .setEndMs(6000)
          .setNetSpeechMs(2110)
          .setSnrDb(17.5f)
          .setVector(VECTOR)
          .setModelVersion("starter-1")
          .setCapturedAt(AT)
          .setLast(false)
          .build();

  static final SpeakerTag SPEAKER_TAG =
      SpeakerTag.newBuilder()
          .setCallId("call-1")
          .setChannel(0)
          .setStreamId("stream-7")
          .setWindowIndex(3)
          .setStartMs(3000)
          .setEndMs(6000)
          .setState(TagState.IDENTIFIED)
          .setStage(TagStage.REVISED)
          .setSpeakerId("Zoë Müller")
          .setSinceMs(1000)
          .setScore(2.5f)
          .setPosterior(0.97f)
          .setCandidates(
              List.of(new Candidate("Zoë Müller", 2.5f, 0.97f), new Candidate("bob", -1f, null)))
          .setNetSpeechMs(2110)
          .setModelVersion("starter-1")
          .setRegistryVersion("1700000000000-3")
          .setCapturedAt(AT)
          .setLatencyMs(123)
          .setLast(true)
          .build();

  static final Enrollment ENROLLMENT =
      Enrollment.newBuilder()
          .setSpeakerId("alice")
          .setUtteranceId("u/1")
          .setOperation(EnrollmentOperation.ADD)
          .setConsent(CONSENT)
          .setAudio(CLIP)
          .setRequestedAt(AT)
          .build();

  static final EnrollmentEmbedding ENROLLMENT_EMBEDDING =
      EnrollmentEmbedding.newBuilder()
          .setSpeakerId("alice")
          .setUtteranceId("u/1")
          .setModelVersion("starter-1")
          .setOutcome(EmbeddingOutcome.EMBEDDED)
          .setDetail("none")
          .setVector(VECTOR)
          .setNetSpeechMs(8200)
          .setSnrDb(31.25f)
          .setConsent(CONSENT)
          .setRequestedAt(AT)
          .build();

  static final EnrollmentResult ENROLLMENT_RESULT =
      EnrollmentResult.newBuilder()
          .setSpeakerId("alice")
          .setUtteranceId("u/1")
          .setModelVersion("starter-1")
          .setOutcome(EnrollmentOutcome.ALREADY_ANOTHER_SPEAKER)
          .setDetail("sounds like bob")
          .setOtherSpeakerId("bob")
          .setUtterances(2)
          .setNetSpeechMs(8200)
          .setSnrDb(31.25f)
          .setAt(AT)
          .build();

  static final LabelledUtterance LABELLED_UTTERANCE =
      LabelledUtterance.newBuilder()
          .setSpeakerId("alice")
          .setUtteranceId("u/2")
          .setAudio(CLIP)
          .setSource("archive 2024")
          .setConsent(CONSENT)
          .setRecordedAt(AT)
          .build();

  static final TrainingCommand TRAINING_COMMAND =
      TrainingCommand.newBuilder()
          .setRequestId("train-1")
          .setAction(TrainingAction.START)
          .setConfig("epochs: 3\n")
          .setBaseVersion("starter-1")
          .setSince(AT)
          .setRequestedAt(AT)
          .build();

  static final TrainingEvent TRAINING_EVENT =
      TrainingEvent.newBuilder()
          .setRequestId("train-1")
          .setPhase(TrainingPhase.PUBLISHED)
          .setEpoch(2)
          .setEpochs(3)
          .setLoss(1.5)
          .setAccuracy(0.75)
          .setSamplesPerSecond(41.5)
          .setRemainingMs(86_400_000L)
          .setEer(0.0625)
          .setModelVersion("starter-2")
          .setDetail("done")
          .setAt(AT)
          .build();

  static final ModelVersion MODEL_VERSION =
      ModelVersion.newBuilder()
          .setVersion("starter-2")
          .setStatus(ModelStatus.REJECTED)
          .setBundleUri("file:///models/starter-2.zip")
          .setBundleSha256("00ff".repeat(16))
          .setMetrics(Map.of("eer", 0.0625))
          .setDetail("worse on telephone calls")
          .setAt(AT)
          .build();

  private static final Map<String, SpecificRecord> BY_NAME =
      Stream.of(
              AUDIO_CHUNK,
              SPEECH_EMBEDDING,
              SPEAKER_TAG,
              ENROLLMENT,
              ENROLLMENT_EMBEDDING,
              ENROLLMENT_RESULT,
              LABELLED_UTTERANCE,
              TRAINING_COMMAND,
              TRAINING_EVENT,
              MODEL_VERSION)
          .collect(
              Collectors.toUnmodifiableMap(
                  (SpecificRecord event) -> event.getSchema().getName(), Function.identity()));

  private SampleEvents() {}

  /** The sample of a topic's record. */
  public static <V> V of(Topic<V> topic) {
    return topic.value().cast(BY_NAME.get(topic.value().getSimpleName()));
  }
}
