package io.voxtag.voiceprint.training;

import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do, and where.
 *
 * @param data folder that the paths in the configuration begin at
 * @param run folder for checkpoints
 * @param cache folder for decoded audio
 * @param devices on which to train; the first also evaluates
 * @param resume checkpoint to go on from; null for the last in the run folder, where there is one
 * @param base bundle or checkpoint whose weights the network starts with; null for random ones
 */
public record TrainingJob(
    TrainingConfig config,
    Path data,
    Path run,
    Path cache,
    List<DeviceChoice> devices,
    @Nullable Path resume,
    @Nullable Path base) {
  public TrainingJob {
    devices = List.copyOf(devices);
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("devices are none but must be at least one");
    }
  }

  /** A run from random weights on the CPU, or from its last checkpoint. */
  public static TrainingJob of(TrainingConfig config, Path data, Path run, Path cache) {
    return new TrainingJob(config, data, run, cache, List.of(DeviceChoice.CPU), null, null);
  }

  /** The same on other devices. */
  public TrainingJob on(List<DeviceChoice> others) {
    return new TrainingJob(config, data, run, cache, others, resume, base);
  }

  /** The same from another checkpoint. */
  public TrainingJob resuming(@Nullable Path checkpoint) {
    return new TrainingJob(config, data, run, cache, devices, checkpoint, base);
  }

  /** The same from other weights. */
  public TrainingJob basedOn(@Nullable Path bundle) {
    return new TrainingJob(config, data, run, cache, devices, resume, bundle);
  }
}
