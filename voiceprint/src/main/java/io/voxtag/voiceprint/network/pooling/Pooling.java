package io.voxtag.voiceprint.network.pooling;

/** How frames become one vector, under the names that configurations use. */
public enum Pooling {
  ASP(2),
  ASTP(2),
  SAP(1),
  TAP(1),
  TSP(2),
  TSTP(2);

  /** Width of the attention where a network has no argument for it. */
  public static final int ATTENTION_CHANNELS = 128;

  private final int factor;

  Pooling(int factor) {
    this.factor = factor;
  }

  /** Values that come out for each channel. */
  public int factor() {
    return factor;
  }

  /**
   * The pooling of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Pooling of(String name) {
    for (Pooling pooling : values()) {
      if (pooling.name().equals(name)) {
        return pooling;
      }
    }
    throw new IllegalArgumentException(
        "pooling_type is '" + name + "' but must be ASP, ASTP, SAP, TAP, TSP or TSTP");
  }

  /** The layer of {@link #TSTP} without the constant that it adds to the variance. */
  public static PoolingLayer pureDeviation() {
    return new TemporalPooling(TemporalPooling.Kind.DEVIATION, TemporalPooling.TINY);
  }

  /**
   * Makes its layer.
   *
   * @param attentionChannels width of the attention, where it has one
   * @param globalContext whether the attention of ASP and ASTP sees the whole window
   */
  public PoolingLayer create(long channels, long attentionChannels, boolean globalContext) {
    return switch (this) {
      case ASP -> new AttentiveStatistics(channels, attentionChannels, globalContext);
      case ASTP -> new LinearAttentiveStatistics(channels, attentionChannels, globalContext);
      case SAP -> new SelfAttentive(channels, attentionChannels);
      case TAP -> new TemporalPooling(TemporalPooling.Kind.AVERAGE);
      case TSP -> new TemporalPooling(TemporalPooling.Kind.STATISTICS);
      case TSTP -> new TemporalPooling(TemporalPooling.Kind.DEVIATION);
    };
  }
}
