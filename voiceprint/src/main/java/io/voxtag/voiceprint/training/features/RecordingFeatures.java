package io.voxtag.voiceprint.training.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.data.AudioCache;
import io.voxtag.voiceprint.training.data.AudioDecoder;
import io.voxtag.voiceprint.training.data.UnusableAudioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the features of one recording after the other. They are of the samples that a training on
 * recordings has, so that a whole recording gives a network the same either way. Decodes on any
 * thread, writes on one.
 */
final class RecordingFeatures {
  private static final double RATE = AudioCache.SAMPLE_RATE;

  private final AudioDecoder decoder;
  private final FeatureExtractor extractor;
  private final NDManager manager;
  private final double most;

  /**
   * Makes features as a configuration asks for them.
   *
   * @param maxSeconds what is used of a recording
   * @param manager on the device that computes
   */
  RecordingFeatures(TrainingConfig config, double maxSeconds, NDManager manager) {
    this.manager = manager;
    decoder = new AudioDecoder(config.datasetConf().doVad(), 1);
    extractor = config.features();
    most = maxSeconds;
  }

  /**
   * A recording.
   *
   * @param problem why it cannot be used; null where it can
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Decoded(Path file, short[] samples, @Nullable String problem) {}

  /**
   * Decodes as much of a recording as is used.
   *
   * @param minSeconds a shorter one is not; nor one that has no frame
   */
  Decoded decode(Path file, double minSeconds) throws IOException {
    short[] samples;
    try {
      samples = decoder.decode(file);
    } catch (UnusableAudioException e) {
      return new Decoded(file, new short[0], e.getMessage());
    }
    double least = Math.max(minSeconds, extractor.minSamples() / RATE);
    if (samples.length < least * RATE) {
      String problem =
          "%s: %.2f s is too short, the least is %.2f s"
              .formatted(file, samples.length / RATE, least);
      return new Decoded(file, new short[0], problem);
    }
    int used = (int) Math.min(samples.length, Math.round(most * RATE));
    return new Decoded(file, Arrays.copyOf(samples, used), null);
  }

  /**
   * Computes the features and writes them.
   *
   * @return why there are none; null where there are
   */
  @Nullable String write(Decoded recording, Path target) throws IOException {
    if (recording.problem() != null) {
      return recording.problem();
    }
    float[] values = compute(recording.samples());
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return recording.file() + ": has features that are no finite numbers";
      }
    }
    Files.createDirectories(target.toAbsolutePath().getParent());
    FeatureFile.write(target, values, extractor.bins(), recording.samples().length);
    return null;
  }

  private float[] compute(short[] samples) {
    float[] audio = new float[samples.length];
    for (int i = 0; i < audio.length; i++) {
      audio[i] = AudioDecoder.value(samples[i]);
    }
    try (NDManager scratch = manager.newSubManager()) {
      NDArray waveform = scratch.create(audio, new Shape(1, audio.length));
      return extractor.extract(waveform).toFloatArray();
    }
  }
}
