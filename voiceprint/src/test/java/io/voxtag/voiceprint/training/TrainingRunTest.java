package io.voxtag.voiceprint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.audio.AudioFiles;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.TensorData;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.feature.FeatureMethod;
import io.voxtag.voiceprint.network.StateDict;
import io.voxtag.voiceprint.training.config.InvalidConfigException;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
  private static final int STEPS = 12;

  @TempDir Path data;
  @TempDir Path out;

  @BeforeEach
  void generateSpeakers() throws IOException {
    TinySpeakers.write(data, 4);
  }

  @Test
  void learnsToTellSpeakersApart() throws Exception {
    // given
    List<TrainingProgress> seen = new ArrayList<>();
    TrainingConfig config = config(", sampler_weights: {speaker: 1}", ", max_steps: 90", "");
    TinySpeakers.write(data, 1);
    // when
    try (TrainingRun run = open("whole", config)) {
      run.run(seen::add, null);
      assertThat(run.broken()).extracting(Path::getFileName).containsExactly(Path.of("broken.wav"));
    }
    // then
    assertThat(seen.get(seen.size() - 1).loss()).isLessThan(0.8 * seen.get(0).loss());
    double accuracy =
        seen.subList(seen.size() - 10, seen.size()).stream()
            .mapToDouble(TrainingProgress::accuracy)
            .average()
            .orElseThrow();
    // A guess is right in a quarter of the cases.
    assertThat(accuracy).isGreaterThan(0.7);
  }

  @Test
  void aRunThatIsInterruptedEndsWithACheckpointOfTheStepUnderWay() throws Exception {
    try (TrainingRun run = open("interrupted", STEPS)) {
      run.run(
          progress -> {
            if (progress.step() == 3) {
              run.interrupt();
            }
          },
          null);
      assertThat(run.isInterrupted()).isTrue();
      assertThat(run.steps()).isEqualTo(3);
    }
    try (TrainingRun run = open("interrupted", STEPS)) {
      assertThat(run.steps()).isEqualTo(3);
      run.run(progress -> {}, null);
      assertThat(run.steps()).isEqualTo(STEPS);
    }
  }

  @Test
  void aResumedRunHasTheLossesAndWeightsOfAnUninterruptedOne() throws Exception {
    // given
    Map<Long, Double> whole = new LinkedHashMap<>();
    Map<String, float[]> weights = new LinkedHashMap<>();
    try (TrainingRun run = open("whole", STEPS)) {
      run.run(progress -> whole.put(progress.step(), progress.loss()), null);
      weights.putAll(weights(run));
    }
    // when
    Map<Long, Double> parts = new LinkedHashMap<>();
    TrainingListener listener = progress -> parts.put(progress.step(), progress.loss());
    try (TrainingRun run = open("parts", STEPS)) {
      run.run(listener, null, 3);
      assertThat(run.steps()).isEqualTo(3);
    }
    RuntimeException killed = new RuntimeException("killed");
    assertThatThrownBy(
            () -> {
              try (TrainingRun run = open("parts", STEPS)) {
                run.run(
                    progress -> {
                      if (progress.step() > 7) {
                        throw killed;
                      }
                    },
                    null);
              }
            })
        .isSameAs(killed);
    // then
    try (TrainingRun run = open("parts", STEPS)) {
      assertThat(run.steps()).isEqualTo(8);
      run.run(listener, null);
      weights(run)
          .forEach((name, values) -> assertThat(values).as(name).isEqualTo(weights.get(name)));
    }
    assertThat(parts.get(3L)).isEqualTo(whole.get(3L));
    assertThat(parts.get(12L)).isCloseTo(whole.get(12L), within(0.0));
  }

  @Test
  void keepsTheLastEpochsAndTheBestAndStopsWhereNothingGetsBetter() throws Exception {
    // given
    List<Double> rates = List.of(0.3, 0.2, 0.25, 0.4, 0.1);
    AtomicInteger evaluations = new AtomicInteger();
    List<EpochReport> epochs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void progressed(TrainingProgress progress) {}

          @Override
          public void epochEnded(EpochReport report) {
            epochs.add(report);
          }
        };
    Evaluator evaluator =
        embedder -> {
          Path one = data.resolve("speaker1-0.wav");
          assertThat(embedder.embed(List.of(one)).get(one)).hasSize(16);
          return new Evaluator.Quality(rates.get(evaluations.getAndIncrement()), 1, 0.5);
        };
    TrainingConfig config =
        config("", ", max_epoch: 5, early_stop_epochs: 2, keep_checkpoints: 2", "");
    // when
    try (TrainingRun run = open("epochs", config)) {
      assertThat(run.stepsPerEpoch()).isEqualTo(2);
      run.run(listener, evaluator);
      assertThat(run.stoppedEarly()).isTrue();
    }
    // then
    assertThat(epochs).extracting(EpochReport::best).containsExactly(true, true, false, false);
    Path run = out.resolve("epochs");
    assertThat(run.resolve("epoch_1")).doesNotExist();
    assertThat(run.resolve("epoch_2")).doesNotExist();
    assertThat(run.resolve("epoch_3/checkpoint.safetensors")).exists();
    assertThat(run.resolve("epoch_4/checkpoint.safetensors"))
        .hasSameBinaryContentAs(run.resolve("last_model/checkpoint.safetensors"));
    // The best is that of epoch 2, from which another run can go on.
    TrainingJob again = job("again", config).resuming(run.resolve("best_model"));
    try (TrainingRun resumed = new TrainingRun(again)) {
      assertThat(resumed.steps()).isEqualTo(4);
    }
  }

  @Test
  void anotherConfigurationDoesNotGoOnFromACheckpoint() throws Exception {
    try (TrainingRun run = open("one", STEPS)) {
      run.run(progress -> {}, null, 1);
    }
    TrainingConfig wider =
        config("", ", max_steps: 12", "classifier_conf: {num_blocks: 1, inter_dim: 8}");
    assertThatThrownBy(() -> open("one", wider))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("classifier");
  }

  @Test
  void takesTheWeightsOfABundleThatFitAndNamesTheOthers() throws Exception {
    // given
    Map<String, float[]> old;
    try (TrainingRun run = open("base", STEPS)) {
      run.run(progress -> {}, null);
      run.export(out.resolve("bundle"), "base-1");
    }
    ModelBundle bundle = ModelBundle.open(out.resolve("bundle"));
    old = new LinkedHashMap<>();
    bundle.tensors().forEach((name, tensor) -> old.put(name, tensor.toFloats()));
    TrainingConfig other =
        TrainingConfig.read(
            Files.writeString(
                out.resolve("other.yml"),
                Files.readString(out.resolve("config.yml"))
                    .replace("embd_dim: 16", "embd_dim: 20")));
    // when
    try (TrainingRun run = new TrainingRun(job("tuned", other).basedOn(out.resolve("bundle")))) {
      // then
      WeightTransfer transfer = run.transfer().orElseThrow();
      assertThat(transfer.notTaken()).containsExactlyInAnyOrder("fc.conv.weight", "fc.conv.bias");
      assertThat(transfer.missing())
          .containsExactlyInAnyOrder("fc.conv.weight", "fc.conv.bias", "classifier.weight");
      weights(run)
          .forEach(
              (name, values) -> {
                if (!name.startsWith("fc.")) {
                  assertThat(values).as(name).isEqualTo(old.get(name));
                }
              });
    }
  }

  @Test
  void aFirstLayerForFewerBinsTakesTheLowestOfTheBase() throws Exception {
    // given
    try (TrainingRun run = open("base", STEPS)) {
      run.run(progress -> {}, null);
      run.export(out.resolve("bundle"), "base-1");
    }
    String name = "blocks.0.conv.conv.weight";
    float[] wide = ModelBundle.open(out.resolve("bundle")).tensors().get(name).toFloats();
    TrainingConfig narrow =
        TrainingConfig.read(
            Files.writeString(
                out.resolve("narrow.yml"),
                Files.readString(out.resolve("config.yml"))
                    .replace("num_mel_bins: 24", "num_mel_bins: 18")));
    // when
    try (TrainingRun run = new TrainingRun(job("tuned", narrow).basedOn(out.resolve("bundle")))) {
      // then
      assertThat(run.transfer().orElseThrow().missing()).containsExactly("classifier.weight");
      assertThat(run.transfer().orElseThrow().notTaken()).isEmpty();
      float[] taken = weights(run).get(name);
      int kernel = 5;
      for (int channel = 0; channel < 16; channel++) {
        assertThat(Arrays.copyOfRange(taken, channel * 18 * kernel, (channel + 1) * 18 * kernel))
            .isEqualTo(
                Arrays.copyOfRange(
                    wide, channel * 24 * kernel, channel * 24 * kernel + 18 * kernel));
      }
    }
  }

  @Test
  void stopsWhereTheLossIsNoNumberAndLeavesTheCheckpoint() throws Exception {
    TrainingConfig wild =
        TrainingConfig.read(
            Files.writeString(
                out.resolve("wild.yml"),
                Files.readString(writeConfig(STEPS))
                    .replace("learning_rate: 0.003", "learning_rate: 1.0e+38")
                    .replace("checkpoint_interval: 6", "checkpoint_interval: 1")));
    assertThatThrownBy(
            () -> {
              try (TrainingRun run = open("wild", wild)) {
                run.run(progress -> {}, null);
              }
            })
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("at step")
        .hasMessageContaining("in epoch");
    try (TrainingRun run = open("wild", wild)) {
      weights(run)
          .forEach(
              (name, values) -> {
                for (float value : values) {
                  assertThat(Float.isFinite(value)).as(name).isTrue();
                }
              });
    }
  }

  @Test
  void whiteningChangesTheBundleAndNotTheRun() throws Exception {
    // given
    Path plain = out.resolve("plain");
    Path whitened = out.resolve("whitened");
    Map<String, float[]> before = new LinkedHashMap<>();
    try (TrainingRun run = open("run", STEPS)) {
      run.run(progress -> {}, null);
      run.export(plain, "plain-1");
      before.putAll(weights(run));
    }
    // when
    TrainingConfig config =
        config(
            "",
            ", max_steps: 12",
            "whitening_conf: {crop_duration: 0.4, passes: 8, shrinkage: 0.05}");
    try (TrainingRun run = open("run", config)) {
      run.export(whitened, "whitened-1");
      // then
      weights(run)
          .forEach((name, values) -> assertThat(values).as(name).isEqualTo(before.get(name)));
    }
    Map<String, TensorData> old = ModelBundle.open(plain).tensors();
    ModelBundle.open(whitened)
        .tensors()
        .forEach(
            (name, tensor) -> {
              boolean same = Arrays.equals(tensor.toFloats(), old.get(name).toFloats());
              assertThat(same).as(name).isEqualTo(!name.startsWith("fc."));
            });
  }

  @Test
  void theZeroOfAClosedFormIsTheMeanOfTheRecordingsThatItIsCentredOn() throws Exception {
    double free = lengthOfTheMean(closedForm("free", ""), "speaker2-");
    double centred = lengthOfTheMean(closedForm("centred", ", centre_on: speaker2-"), "speaker2-");

    assertThat(centred).isLessThan(0.5 * free);
  }

  @Test
  void aClosedFormCannotBeCentredOnRecordingsThatThereAreNot() {
    assertThatThrownBy(() -> closedForm("none", ", centre_on: telephone/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("discriminant_conf.centre_on is telephone/");
  }

  @Test
  void aClosedFormTakesOnlyDomainsThatHaveRecordings() throws Exception {
    closedForm(
            "kinds",
            ", domains: [speaker1-, speaker2-], domain_weight: 4, within_weights: {speaker2-: 3}")
        .close();

    assertThatThrownBy(() -> closedForm("missing", ", domains: [speaker1-, telephone/]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("discriminant_conf.domains has telephone/");
    assertThatThrownBy(() -> closedForm("weightless", ", within_weights: {telephone/: 3}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("discriminant_conf.within_weights has telephone/");
    assertThatThrownBy(() -> closedForm("negative", ", within_weights: {speaker1-: -1}"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("discriminant_conf.within_weights is {speaker1-=-1.0} but must be");
    assertThatThrownBy(() -> closedForm("alone", ", domains: [speaker1-]"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("discriminant_conf.domains is [speaker1-] but must be two");
  }

  private TrainingRun closedForm(String name, String more) throws IOException {
    return open(
        name,
        config(
            "",
            ", max_steps: 0",
            "discriminant_conf: {crop_duration: 0.5, statistics_batches: 6, passes: 3,"
                + " shrinkage: 0.1"
                + more
                + "}"));
  }

  /** Of the mean embedding of the recordings whose names begin so. */
  private double lengthOfTheMean(TrainingRun opened, String start) throws IOException {
    try (TrainingRun run = opened;
        NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      FeatureExtractor features = FeatureMethod.of("Fbank").create(Map.of("num_mel_bins", 24));
      NDArray sum = manager.zeros(new Shape(1, 16));
      for (int recording = 0; recording < 4; recording++) {
        float[] audio = AudioFiles.read(data.resolve(start + recording + ".wav")).mono().samples();
        NDArray frames = features.extract(manager.create(audio, new Shape(1, audio.length)));
        NDArray centred = frames.sub(frames.mean(new int[] {1}, true));
        sum.addi(
            run.network()
                .forward(new ParameterStore(manager, false), new NDList(centred), false)
                .singletonOrThrow());
      }
      return sum.norm().getFloat();
    }
  }

  private static Map<String, float[]> weights(TrainingRun run) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    StateDict.of(run.network())
        .forEach((name, p) -> weights.put(name, p.getArray().toFloatArray()));
    return weights;
  }

  private TrainingRun open(String name, int steps) throws IOException {
    return open(name, TrainingConfig.read(writeConfig(steps)));
  }

  private TrainingRun open(String name, TrainingConfig config) throws IOException {
    return new TrainingRun(job(name, config));
  }

  private TrainingJob job(String name, TrainingConfig config) {
    return TrainingJob.of(config, data, out.resolve(name), out.resolve("cache"));
  }

  private Path writeConfig(int steps) throws IOException {
    config("", ", max_steps: " + steps, "");
    return out.resolve("config.yml");
  }

  private TrainingConfig config(String dataset, String train, String more) throws IOException {
    return TinySpeakers.config(out.resolve("config.yml"), dataset, train, more);
  }
}
