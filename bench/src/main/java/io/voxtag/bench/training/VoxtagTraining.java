package io.voxtag.bench.training;

import com.sun.management.OperatingSystemMXBean;
import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import io.voxtag.voiceprint.OperatorThreads;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.training.TrainingJob;
import io.voxtag.voiceprint.training.TrainingProgress;
import io.voxtag.voiceprint.training.TrainingRun;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A training run of Voxtag as {@code voxtag train} makes it, on recordings that it writes. */
final class VoxtagTraining implements AutoCloseable {
  private static final float LOUDNESS = 0.1f;

  /** More than any benchmark runs. */
  private static final long STEPS = 1_000_000;

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final TrainingRun run;
  private final int batch;

  VoxtagTraining(Subject subject, Path folder) throws IOException {
    batch = subject.batch();
    Path data = Files.createDirectories(folder.resolve("data"));
    writeSpeakers(subject, data);
    Path config = Files.writeString(folder.resolve("config.yml"), config(subject));
    // The run and the peer begin with the settings of the thread that calls them.
    OperatorThreads.set(subject.threads());
    run =
        new TrainingRun(
            TrainingJob.of(
                TrainingConfig.read(config), data, folder.resolve("run"), folder.resolve("cache")));
  }

  private static void writeSpeakers(Subject subject, Path data) throws IOException {
    Random random = new Random(3);
    StringBuilder list = new StringBuilder();
    for (int speaker = 0; speaker < Subject.SPEAKERS; speaker++) {
      float[] samples = new float[subject.clipSamples()];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (float) (LOUDNESS * random.nextGaussian());
      }
      String name = speaker + ".wav";
      Recording recording = new Recording(new float[][] {samples}, Subject.SAMPLE_RATE);
      WavWriter.write(data.resolve(name), recording, WavWriter.Coding.PCM_16);
      list.append(name).append("\tspeaker").append(speaker).append('\n');
    }
    Files.writeString(data.resolve("train_list.txt"), list);
  }

  private static String config(Subject subject) {
    int width = subject.channels();
    return """
    use_model: EcapaTdnn
    dataset_conf: {train_list: train_list.txt, batch_size: %d, chunk_duration: %s, min_duration: 0.3, sampler_weights: {"": 1}}
    preprocess_conf: {feature_method: Fbank, method_args: {num_mel_bins: %d}}
    model_conf: {channels: [%d, %d, %d, %d, %d], embd_dim: %d}
    loss_conf: {loss: AAMLoss, margin: 0.2, scale: 32, margin_start: 0, margin_fix: 0}
    optimizer_conf: {learning_rate: 0.001, min_learning_rate: 0.001, warmup_steps: 0, weight_decay: 0.00001}
    train_conf: {max_steps: %d, log_interval: %d, checkpoint_interval: %d, seed: 1, num_workers: 1}
    """
        .formatted(
            subject.batch(),
            subject.seconds(),
            Subject.BINS,
            width,
            width,
            width,
            width,
            3 * width,
            Subject.EMBEDDING,
            STEPS,
            STEPS,
            STEPS);
  }

  /** Crops a second over some steps, from recordings to moved weights; checkpoints do not count. */
  Turn train(int steps) {
    List<TrainingProgress> reports = new ArrayList<>();
    // Read when the report comes: a checkpoint follows it.
    long[] ended = new long[1];
    long started = PROCESS.getProcessCpuTime();
    try {
      run.run(
          progress -> {
            reports.add(progress);
            ended[0] = PROCESS.getProcessCpuTime();
          },
          null,
          run.steps() + steps);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while training", e);
    }
    return new Turn(
        reports.get(reports.size() - 1).samplesPerSecond(),
        (ended[0] - started) / 1e6 / ((double) steps * batch));
  }

  /** The network as it is now. */
  ModelBundle export(Path bundle) throws IOException {
    return run.export(bundle, "bench");
  }

  @Override
  public void close() {
    run.close();
  }
}
