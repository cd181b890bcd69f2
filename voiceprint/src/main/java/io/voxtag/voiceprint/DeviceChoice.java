package io.voxtag.voiceprint;

import ai.djl.Device;
import ai.djl.engine.Engine;

/**
 * Where tensors live, as a user says it: {@code auto}, {@code cpu}, {@code gpu} or the number of a
 * GPU.
 *
 * @param setting what was said
 */
public record DeviceChoice(String setting) {
  /** A GPU where there is one, otherwise the CPU. */
  public static final DeviceChoice AUTO = new DeviceChoice("auto");

  /** The CPU. */
  public static final DeviceChoice CPU = new DeviceChoice("cpu");

  /**
   * @throws IllegalArgumentException if the setting is none of the above
   */
  public DeviceChoice {
    if (!setting.matches("auto|cpu|gpu|\\d{1,3}")) {
      throw new IllegalArgumentException(
          "device is '" + setting + "' but must be auto, cpu, gpu or the number of a GPU");
    }
  }

  /**
   * The device, found when it is asked for.
   *
   * @throws IllegalStateException if a GPU was asked for that is not there
   */
  public Device resolve() {
    int gpus = setting.equals("cpu") ? 0 : Engine.getInstance().getGpuCount();
    if (setting.equals("cpu") || (setting.equals("auto") && gpus == 0)) {
      return Device.cpu();
    }
    int index = Character.isDigit(setting.charAt(0)) ? Integer.parseInt(setting) : 0;
    if (index >= gpus) {
      throw new IllegalStateException(
          "device " + setting + " was asked for, but " + gpus + " GPUs were found");
    }
    return Device.gpu(index);
  }
}
