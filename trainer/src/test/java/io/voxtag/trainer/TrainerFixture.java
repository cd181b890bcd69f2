package io.voxtag.trainer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.modelstore.ModelStoreLocation;
import io.voxtag.modelstore.ModelStores;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.TrainingAction;
import io.voxtag.schemas.event.TrainingCommand;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.testkit.TestTopics;
import io.voxtag.trainer.config.TrainerSettings;
import io.voxtag.trainer.dataset.DatasetSamples;
import io.voxtag.trainer.dataset.DatasetSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A trainer on the starter model, and what it is given. */
final class TrainerFixture {

  /** The model in service. */
  static final Path STARTER = Path.of("..", "models", "starter").toAbsolutePath().normalize();

  private static final int SENTENCES = 3;

  private TrainerFixture() {}

  /** A network so small that a step takes milliseconds. */
  static String config(int steps) {
    return """
        use_model: EcapaTdnn
        preprocess_conf: {feature_method: Fbank, method_args: {num_mel_bins: 24}}
        model_conf:
          {channels: [16, 16, 16, 16, 48], embd_dim: 16, attention_channels: 8, se_channels: 8,
           padding_mode: zeros}
        dataset_conf: {batch_size: 8, chunk_duration: 1.0}
        loss_conf: {loss: AAMLoss, margin: 0.2, scale: 32}
        train_conf: {max_steps: %d, log_interval: 1, checkpoint_interval: 1, num_workers: 1}
        """
        .formatted(steps);
  }

  /**
   * Starts a trainer. It promotes nothing, and its gate lets everything pass unless told otherwise.
   *
   * @param folder of all that it keeps
   * @param values keys behind {@code voxtag.trainer.}, and their values
   */
  static Running start(
      String brokers, Path folder, Consumer<Throwable> fatal, Map<String, String> values)
      throws IOException, InterruptedException {
    ModelStore store =
        ModelStores.open(
                ModelStoreLocation.folder(folder.resolve("store"), folder.resolve("cache")))
            .orElseThrow();
    SmallRyeConfig config = settings(folder, values);
    Trainer trainer =
        Trainer.start(
            config.getConfigMapping(TrainerSettings.class),
            config.getConfigMapping(DatasetSettings.class),
            KafkaConnection.to(brokers),
            store,
            new SimpleMeterRegistry(),
            fatal);
    return new Running(trainer, store);
  }

  /** A trainer and its store. */
  record Running(Trainer trainer, ModelStore store) implements AutoCloseable {

    @Override
    public void close() {
      trainer.close();
      store.close();
    }
  }

  private static SmallRyeConfig settings(Path folder, Map<String, String> given) {
    Map<String, String> values = new HashMap<>();
    values.put("model", STARTER.toString());
    values.put("runs", folder.resolve("runs").toString());
    values.put("data", folder.resolve("data").toString());
    values.put("dataset.folder", folder.resolve("dataset").toString());
    values.put("devices", "cpu");
    values.put("held-out", "0.5");
    values.put("progress-interval", "PT0.05S");
    values.put("judge.replicates", "20");
    values.put("gate.max-eer-increase", "1");
    values.put("gate.max-fpir-increase", "1");
    values.put("gate.min-eer-decrease", "-1");
    values.put("upgrade.promote", "manual");
    values.put("upgrade.check-interval", "PT0.1S");
    values.putAll(given);
    Map<String, String> properties = new HashMap<>();
    values.forEach((key, value) -> properties.put("voxtag.trainer." + key, value));
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withMapping(TrainerSettings.class)
        .withMapping(DatasetSettings.class)
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .build();
  }

  /** Some recordings each of some people. */
  static void label(TestTopics topics, int speakers) {
    for (int speaker = 0; speaker < speakers; speaker++) {
      for (int sentence = 0; sentence < SENTENCES; sentence++) {
        label(topics, "speaker-" + speaker, speaker, sentence);
      }
    }
  }

  /** A recording. */
  static void label(TestTopics topics, String speaker, int voice, int sentence) {
    EnrollmentKey key = new EnrollmentKey(speaker, "sentence-" + sentence);
    topics.send(
        Topics.LABELLED_UTTERANCES,
        key.encode(),
        DatasetSamples.record(key, DatasetSamples.speech(voice, sentence)).build());
  }

  /** A command to start a run. */
  static TrainingCommand.Builder command(String request, String config) {
    return TrainingCommand.newBuilder()
        .setRequestId(request)
        .setAction(TrainingAction.START)
        .setConfig(config)
        .setRequestedAt(Instant.now());
  }
}
