package io.voxtag.voiceprint.network.layer;

/** What a convolution sees beyond the ends of its input. */
public enum PaddingMode {
  /** The input mirrored, without repeating the outermost frame. */
  REFLECT("reflect"),
  /** Zeros: cheaper, since no copy of the input is made. */
  ZEROS("zeros");

  private final String configName;

  PaddingMode(String configName) {
    this.configName = configName;
  }

  /**
   * The mode of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PaddingMode of(String name) {
    for (PaddingMode mode : values()) {
      if (mode.configName.equals(name)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "padding_mode is '" + name + "' but must be 'reflect' or 'zeros'");
  }
}
