package io.voxtag.voiceprint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.TensorData;
import io.voxtag.voiceprint.network.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
  private static final int SPEAKERS = 4;
  private static final int STEPS = 12;

  @TempDir Path data;
  @TempDir Path out;

  @BeforeEach
  void generateSpeakers() throws IOException {
    StringBuilder list = new StringBuilder();
    for (int speaker = 0; speaker < SPEAKERS; speaker++) {
      float[] audio = new float[16000];
      for (int i = 0; i < audio.length; i++) {
        // A buzz: the harmonics of a pitch that differs between speakers.
        double phase = 2 * Math.PI * (110 + 45 * speaker) * i / 16000.0;
        for (int k = 1; k <= 8; k++) {
          audio[i] += (float) (0.1 / k * Math.sin(k * phase));
        }
      }
      String name = "speaker" + speaker + ".wav";
      Files.write(data.resolve(name), wav(audio));
      list.append(name).append('\t').append("speaker").append(speaker).append('\n');
    }
    list.append("broken.wav\tspeaker0\n");
    Files.writeString(data.resolve("broken.wav"), "this is not audio");
    Files.writeString(data.resolve("train_list.txt"), list);
  }

  @Test
  void learnsToTellSpeakersApart() throws Exception {
    // given
    List<TrainingProgress> seen = new ArrayList<>();
    // when
    try (TrainingRun run = open(out.resolve("whole"), 90)) {
      run.run(seen::add);
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
  void aResumedRunEndsAsAnUninterruptedOne() throws Exception {
    // given
    Map<String, float[]> whole = new LinkedHashMap<>();
    try (TrainingRun run = open(out.resolve("whole"), STEPS)) {
      run.run(progress -> {});
      StateDict.of(run.network())
          .forEach((name, p) -> whole.put(name, p.getArray().toFloatArray()));
    }
    // when
    try (TrainingRun run = open(out.resolve("parts"), STEPS)) {
      run.run(progress -> {}, 4);
      assertThat(run.steps()).isEqualTo(4);
    }
    RuntimeException stop = new RuntimeException("stopped");
    assertThatThrownBy(
            () -> {
              try (TrainingRun run = open(out.resolve("parts"), STEPS)) {
                run.run(
                    progress -> {
                      if (progress.step() > 6) {
                        throw stop;
                      }
                    });
              }
            })
        .isSameAs(stop);
    // then
    try (TrainingRun run = open(out.resolve("parts"), STEPS)) {
      assertThat(run.steps()).isEqualTo(6);
      run.run(progress -> {});
      StateDict.of(run.network())
          .forEach(
              (name, p) ->
                  assertThat(p.getArray().toFloatArray())
                      .as(name)
                      .usingComparatorWithPrecision(1e-5f)
                      .containsExactly(whole.get(name)));
    }
  }

  @Test
  void whiteningChangesTheBundleAndNotTheRun() throws Exception {
    // given
    Path plain = out.resolve("plain");
    Path whitened = out.resolve("whitened");
    Path folder = out.resolve("run");
    Map<String, float[]> before = new LinkedHashMap<>();
    try (TrainingRun run = open(folder, STEPS)) {
      run.run(progress -> {});
      run.export(plain, "plain-1");
      StateDict.of(run.network())
          .forEach((name, p) -> before.put(name, p.getArray().toFloatArray()));
    }
    // when
    try (TrainingRun run =
        open(folder, STEPS, "whitening_conf: {crop_duration: 0.4, passes: 8, shrinkage: 0.05}")) {
      run.export(whitened, "whitened-1");
      // then
      StateDict.of(run.network())
          .forEach(
              (name, p) ->
                  assertThat(p.getArray().toFloatArray()).as(name).isEqualTo(before.get(name)));
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

  private TrainingRun open(Path run, int steps) throws IOException {
    return open(run, steps, "");
  }

  private TrainingRun open(Path run, int steps, String more) throws IOException {
    Path file = out.resolve("config.yml");
    Files.writeString(
        file,
        """
        use_model: EcapaTdnn
        dataset_conf: {train_list: train_list.txt, batch_size: 8, chunk_duration: 0.5, min_duration: 0.2}
        preprocess_conf: {feature_method: Fbank, method_args: {num_mel_bins: 24}}
        model_conf: {channels: [16, 16, 16, 16, 48], embd_dim: 16, attention_channels: 8, se_channels: 8}
        loss_conf: {loss: AAMLoss, margin: 0.1, scale: 16, label_smoothing: 0, margin_start: 0, margin_fix: 0.5}
        optimizer_conf: {learning_rate: 0.003, min_learning_rate: 0.0001, warmup_steps: 2, weight_decay: 0}
        augment_conf:
          noise: {prob: 0, babble_prob: 0, min_snr_db: 10, max_snr_db: 20}
          reverb: {prob: 0.3, min_rt60: 0.1, max_rt60: 0.3}
          equalizer: {prob: 0.3, max_gain_db: 3}
          telephone: {prob: 0.3, loss_prob: 0.5}
          volume: {prob: 0.5, min_gain_db: -10, max_gain_db: 5}
        train_conf: {max_steps: %d, log_interval: 3, checkpoint_interval: 6, seed: 7, num_workers: 2, spec_augment: true}
        %s
        """
            .formatted(steps, more));
    return new TrainingRun(
        TrainingConfig.read(file), data, run, out.resolve("cache"), Device.cpu());
  }

  private static byte[] wav(float[] audio) {
    return WavWriter.encode(new Recording(new float[][] {audio}, 16000), WavWriter.Coding.PCM_16);
  }
}
