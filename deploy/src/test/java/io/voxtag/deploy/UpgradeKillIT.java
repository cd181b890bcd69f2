package io.voxtag.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.voxtag.audio.OggOpusWriter;
import io.voxtag.audio.Pcm;
import io.voxtag.ingest.client.CallStreamClient;
import io.voxtag.ingest.client.LegAddress;
import io.voxtag.ingest.client.LegAudio;
import io.voxtag.ingest.client.Pace;
import io.voxtag.ingest.client.StreamProgress;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.AudioFormat;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentOperation;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.event.LabelledUtterance;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TagState;
import io.voxtag.schemas.event.TrainingAction;
import io.voxtag.schemas.event.TrainingCommand;
import io.voxtag.schemas.event.TrainingEvent;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.RedisResource;
import io.voxtag.testkit.TopicReader;
import io.voxtag.testkit.speech.TestSpeech;
import io.voxtag.testkit.speech.Voice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packed services, each alone, retrain and move to the new model while calls go on, and each of
 * trainer, embedder and matcher is killed on the way: the tags are those of undisturbed calls.
 */
class UpgradeKillIT {

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();
  @RegisterExtension static final RedisResource REDIS = RedisResource.own();

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int LABELLED_SPEAKERS = 10;
  private static final int CALLER = 41;
  private static final int RATE = 16_000;
  // Windows share batches as they come, which changes vectors by rounding.
  private static final float ROUNDING = 0.01f;
  private static final String CONFIG =
      """
      use_model: EcapaTdnn
      preprocess_conf: {feature_method: Fbank, method_args: {num_mel_bins: 40}}
      model_conf:
        {channels: [32, 32, 32, 32, 96], embd_dim: 32, attention_channels: 16, se_channels: 16,
         padding_mode: zeros}
      dataset_conf: {batch_size: 8, chunk_duration: 1.0}
      loss_conf: {loss: AAMLoss, margin: 0.2, scale: 32}
      train_conf: {max_steps: 300, log_interval: 1, checkpoint_interval: 5, num_workers: 1}
      """;

  @TempDir Path folder;

  private final Map<String, ServiceProcess> services = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private TopicReader<ModelVersion> versions;
  private TopicReader<SpeakerTag> tags;

  @AfterEach
  void stop() {
    services.values().forEach(ServiceProcess::close);
    tags.close();
    versions.close();
  }

  @Test
  void whoeverIsKilledOnTheWayToANewModelEveryWindowIsTaggedOnceAndAsInAnUndisturbedCall()
      throws Exception {
    Files.createDirectories(folder.resolve("training"));
    versions = KAFKA.topics().read(Topics.MODEL_VERSIONS);
    tags = KAFKA.topics().read(Topics.SPEAKER_TAGS);
    for (String service : List.of("ingest", "trainer", "embedder", "matcher")) {
      start(service);
    }
    for (ServiceProcess service : services.values()) {
      await(service + " is ready").atMost(PATIENCE).until(service::isReady);
    }
    String base = awaitVersion(ModelStatus.ACTIVE, List.of());
    enroll("caller", CALLER);
    enroll("somebody", CALLER + 1);
    awaitTagged(call("undisturbed-before"));

    label();
    retrain();
    try (TopicReader<TrainingEvent> events = KAFKA.topics().read(Topics.TRAINING_EVENTS)) {
      call("while-training");
      events.await(record -> record.value().getLoss() != null, 1, PATIENCE);
    }
    killAndStart("trainer");
    call("trainer-killed");
    String trained = awaitVersion(ModelStatus.CANDIDATE, List.of());
    call("candidate");
    killAndStart("embedder");
    call("embedder-killed");
    killAndStart("matcher");
    call("matcher-killed");
    assertThat(awaitVersion(ModelStatus.ACTIVE, List.of(base))).isEqualTo(trained);
    awaitTagged(call("promoted"));
    String after = "undisturbed-after";
    awaitTagged(call(after));
    calls.forEach(this::awaitTagged);

    Map<String, List<SpeakerTag>> byCall = new HashMap<>();
    for (ConsumerRecord<String, SpeakerTag> record : tags.toEnd()) {
      byCall.computeIfAbsent(record.key(), call -> new ArrayList<>()).add(record.value());
    }
    Map<String, List<SpeakerTag>> undisturbed =
        Map.of(base, byCall.get("undisturbed-before"), trained, byCall.get(after));
    assertThat(undisturbed.get(base))
        .extracting(SpeakerTag::getSpeakerId)
        .contains("caller")
        .doesNotContain("somebody");
    assertThat(calls).hasSizeGreaterThan(6);
    for (String call : calls) {
      List<SpeakerTag> said = byCall.get(call);
      assertThat(said.stream().map(SpeakerTag::getWindowIndex))
          .as("windows of %s", call)
          .containsExactlyElementsOf(
              LongStream.range(0, undisturbed.get(base).size()).boxed().toList());
      assertThat(said.get(said.size() - 1).getLast()).as(call).isTrue();
      assertConsistent(call, said, undisturbed);
    }
  }

  /**
   * Until a leg changes to another version, what it is told is what an undisturbed call is told.
   */
  private static void assertConsistent(
      String call, List<SpeakerTag> said, Map<String, List<SpeakerTag>> undisturbed) {
    String first = said.get(0).getModelVersion();
    boolean changed = false;
    for (int i = 0; i < said.size(); i++) {
      SpeakerTag tag = said.get(i);
      assertThat(undisturbed).as(call).containsKey(tag.getModelVersion());
      changed |= !tag.getModelVersion().equals(first);
      if (!changed) {
        SpeakerTag same = undisturbed.get(first).get(i);
        assertThat(tag.getState()).as("%s, window %d", call, i).isEqualTo(same.getState());
        assertThat(tag.getStage()).as("%s, window %d", call, i).isEqualTo(same.getStage());
        assertThat(tag.getSpeakerId()).as("%s, window %d", call, i).isEqualTo(same.getSpeakerId());
        if (same.getState() != TagState.INSUFFICIENT_SPEECH) {
          assertThat(tag.getScore())
              .as("%s, window %d", call, i)
              .isCloseTo(same.getScore(), within(ROUNDING));
        }
      } else {
        assertThat(tag.getModelVersion()).as(call).isNotEqualTo(first);
      }
    }
  }

  private void start(String service) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("VOXTAG_KAFKA_BOOTSTRAP_SERVERS", KAFKA.bootstrapServers());
    environment.put("VOXTAG_REDIS_URL", REDIS.url());
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put(
        "VOXTAG_MODEL", DeployFiles.ROOT.resolveSibling("models").resolve("starter").toString());
    environment.put("VOXTAG_MODELS_STORE", folder.resolve("models").toUri().toString());
    environment.put("VOXTAG_MODELS_CACHE", folder.resolve("cache-" + service).toString());
    environment.put("VOXTAG_EMBEDDER_ENROLLMENT_SEVERAL_SPEAKERS_BELOW", "-1");
    environment.put("VOXTAG_TRAINER_RUNS", folder.resolve("runs").toString());
    environment.put("VOXTAG_TRAINER_DATA", folder.resolve("training").toString());
    environment.put("VOXTAG_TRAINER_DATASET_FOLDER", folder.resolve("dataset").toString());
    environment.put("VOXTAG_TRAINER_PROGRESS_INTERVAL", "PT0.2S");
    environment.put("VOXTAG_TRAINER_HELD_OUT", "0.5");
    // What it is about is the way of a model into service, not whether it deserves that.
    environment.put("VOXTAG_TRAINER_GATE_MAX_EER_INCREASE", "1");
    environment.put("VOXTAG_TRAINER_GATE_MAX_FPIR_INCREASE", "1");
    environment.put("VOXTAG_TRAINER_GATE_MIN_EER_DECREASE", "-1");
    services.put(service, ServiceProcess.start(service, environment, folder));
  }

  private void killAndStart(String service) throws IOException, InterruptedException {
    Objects.requireNonNull(services.get(service)).kill();
    start(service);
  }

  private String awaitVersion(ModelStatus status, List<String> butNot) {
    return versions
        .awaitUntil(
            record ->
                record.value() != null
                    && record.value().getStatus() == status
                    && !butNot.contains(record.key()),
            records -> !records.isEmpty(),
            "a version that is " + status,
            PATIENCE)
        .get(0)
        .key();
  }

  private String call(String callId) throws IOException, InterruptedException {
    new CallStreamClient(Objects.requireNonNull(services.get("ingest")).address())
        .stream(
            new LegAddress(callId, 0),
            LegAudio.pcm16(speech(CALLER, 7, Duration.ofSeconds(8))),
            Pace.UNLIMITED,
            StreamProgress.NONE);
    calls.add(callId);
    return callId;
  }

  private void awaitTagged(String callId) {
    tags.await(record -> record.key().equals(callId) && record.value().getLast(), 1, PATIENCE);
  }

  private static void enroll(String speaker, int voice) {
    KAFKA
        .topics()
        .send(
            Topics.ENROLLMENTS,
            new EnrollmentKey(speaker, "one").encode(),
            Enrollment.newBuilder()
                .setSpeakerId(speaker)
                .setUtteranceId("one")
                .setOperation(EnrollmentOperation.ADD)
                .setConsent(consent())
                .setAudio(clip(voice, 1, Duration.ofSeconds(8)))
                .setRequestedAt(Instant.now())
                .build());
    try (TopicReader<EnrollmentResult> results = KAFKA.topics().read(Topics.ENROLLMENT_RESULTS)) {
      EnrollmentResult result =
          results
              .await(record -> record.value().getSpeakerId().equals(speaker), 1, PATIENCE)
              .get(0)
              .value();
      assertThat(result.getOutcome()).as(result.toString()).isEqualTo(EnrollmentOutcome.ACCEPTED);
    }
  }

  private static void label() {
    for (int speaker = 0; speaker < LABELLED_SPEAKERS; speaker++) {
      for (int sentence = 0; sentence < 3; sentence++) {
        EnrollmentKey key = new EnrollmentKey("speaker-" + speaker, "sentence-" + sentence);
        KAFKA
            .topics()
            .send(
                Topics.LABELLED_UTTERANCES,
                key.encode(),
                LabelledUtterance.newBuilder()
                    .setSpeakerId(key.speakerId())
                    .setUtteranceId(key.utteranceId())
                    .setSource("test")
                    .setConsent(consent())
                    .setRecordedAt(Instant.EPOCH)
                    .setAudio(clip(speaker, sentence, Duration.ofSeconds(3)))
                    .build());
      }
    }
  }

  private static void retrain() {
    KAFKA
        .topics()
        .send(
            Topics.TRAINING_COMMANDS,
            "run",
            TrainingCommand.newBuilder()
                .setRequestId("run")
                .setAction(TrainingAction.START)
                .setConfig(CONFIG)
                .setRequestedAt(Instant.now())
                .build());
  }

  private static Consent consent() {
    return Consent.newBuilder().setBasis("explicit consent").setGivenAt(Instant.EPOCH).build();
  }

  private static AudioClip clip(int voice, int sentence, Duration length) {
    return AudioClip.newBuilder()
        .setFormat(AudioFormat.OGG_OPUS)
        .setData(
            ByteBuffer.wrap(
                OggOpusWriter.encode(
                    speech(voice, sentence, length), OggOpusWriter.SPEECH_BIT_RATE)))
        .build();
  }

  private static Pcm speech(int voice, int sentence, Duration length) {
    return new Pcm(TestSpeech.speak(Voice.of(voice), sentence, length, RATE), RATE);
  }
}
