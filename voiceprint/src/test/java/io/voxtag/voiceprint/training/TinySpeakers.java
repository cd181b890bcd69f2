package io.voxtag.voiceprint.training;

import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of generated voices, a training list of them, and a configuration that trains fast. */
final class TinySpeakers {
  static final int SPEAKERS = 4;

  private TinySpeakers() {}

  /** Writes {@code train_list.txt} with some recordings a speaker, and one that is broken. */
  static void write(Path folder, int recordings) throws IOException {
    StringBuilder list = new StringBuilder();
    for (int speaker = 0; speaker < SPEAKERS; speaker++) {
      for (int recording = 0; recording < recordings; recording++) {
        String name = "speaker" + speaker + "-" + recording + ".wav";
        Files.write(folder.resolve(name), wav(buzz(110 + 45 * speaker + 3 * recording)));
        list.append(name).append('\t').append("speaker").append(speaker).append('\n');
      }
    }
    list.append("broken.wav\tspeaker0\n");
    Files.writeString(folder.resolve("broken.wav"), "this is not audio");
    Files.writeString(folder.resolve("train_list.txt"), list);
  }

  /** The harmonics of a pitch that differs between speakers. */
  private static float[] buzz(double pitch) {
    float[] audio = new float[16000];
    for (int i = 0; i < audio.length; i++) {
      double phase = 2 * Math.PI * pitch * i / 16000.0;
      for (int k = 1; k <= 8; k++) {
        audio[i] += (float) (0.1 / k * Math.sin(k * phase));
      }
    }
    return audio;
  }

  private static byte[] wav(float[] audio) {
    return WavWriter.encode(new Recording(new float[][] {audio}, 16000), WavWriter.Coding.PCM_16);
  }

  /**
   * A configuration over the list.
   *
   * @param file to write
   * @param dataset more keys of {@code dataset_conf}, each after a comma
   * @param train more keys of {@code train_conf}, each after a comma
   * @param more sections
   */
  static TrainingConfig config(Path file, String dataset, String train, String more)
      throws IOException {
    Files.writeString(
        file,
        """
        use_model: EcapaTdnn
        dataset_conf: {train_list: train_list.txt, batch_size: 8, chunk_duration: 0.5, min_duration: 0.2%s}
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
        train_conf: {checkpoint_interval: 6, seed: 7, num_workers: 2, spec_augment: true, log_interval: 3%s}
        %s
        """
            .formatted(dataset, train, more));
    return TrainingConfig.read(file);
  }
}
