package io.voxtag.voiceprint.network.tdnn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.arguments.NamedArguments;
import io.voxtag.voiceprint.network.Inference;
import io.voxtag.voiceprint.network.layer.BatchNorm;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.FinalMap;
import io.voxtag.voiceprint.network.layer.Linear;
import io.voxtag.voiceprint.network.layer.PaddingMode;
import io.voxtag.voiceprint.network.layer.StatisticsNetwork;
import io.voxtag.voiceprint.network.layer.Taps;
import io.voxtag.voiceprint.network.layer.Window;
import io.voxtag.voiceprint.network.pooling.Pooling;
import io.voxtag.voiceprint.network.pooling.PoolingLayer;
import io.voxtag.voiceprint.network.rows.Affine;
import io.voxtag.voiceprint.network.rows.TdnnInference;
import java.util.ArrayList;
import java.util.List;

/**
 * TDNN (Snyder et al.: "X-Vectors: Robust DNN Embeddings for Speaker Recognition", 2018): [batch,
 * frames, bins] to [batch, embedding]. Its convolutions see no frames beyond the ends, so that it
 * needs 15 frames.
 */
public final class Tdnn extends StatisticsNetwork {
  private static final List<Taps> TAPS =
      List.of(taps(5, 1), taps(3, 2), taps(3, 3), taps(1, 1), taps(1, 1));

  /** Frames at each end whose results would need frames beyond it. */
  private static final int CUT = TAPS.stream().mapToInt(Taps::reach).sum();

  private static final int LEAST_FRAMES = 2 * CUT + 1;

  private final int channels;
  private final List<Conv> convs = new ArrayList<>();

  /** Of all convolutions but the last. */
  private final List<BatchNorm> norms = new ArrayList<>();

  private final PoolingLayer pooling;
  private final BatchNorm poolingNorm;
  private final FinalMap last;

  /**
   * Makes an uninitialised network.
   *
   * @throws IllegalArgumentException if an argument is out of range
   */
  public Tdnn(NamedArguments arguments) {
    int bins = arguments.integer("input_size", 80, 1, 1 << 14);
    int embedding = arguments.integer("embd_dim", 192, 1, 1 << 14);
    Pooling kind = Pooling.of(arguments.text("pooling_type", "ASP"));
    channels = arguments.integer("channels", 512, 1, 1 << 14);
    for (int i = 0; i < TAPS.size(); i++) {
      Window window = Window.frames(TAPS.get(i).kernel(), 1, 0, TAPS.get(i).dilation());
      Conv conv = new Conv(i == 0 ? bins : channels, channels, window, 1, true);
      convs.add(child("td_layer" + (i + 1), conv));
      if (i < TAPS.size() - 1) {
        norms.add(child("bn" + (i + 1), new BatchNorm(channels)));
      }
    }
    pooling = child("pooling", kind.create(channels, Pooling.ATTENTION_CHANNELS, true));
    long pooled = (long) kind.factor() * channels;
    poolingNorm = child("bn5", new BatchNorm(pooled));
    last =
        new FinalMap(
            child("linear", new Linear(pooled, embedding)), child("bn6", new BatchNorm(embedding)));
  }

  private static Taps taps(int kernel, int dilation) {
    return new Taps(kernel, dilation, PaddingMode.ZEROS);
  }

  @Override
  protected NDArray pool(ParameterStore store, NDArray features, boolean training) {
    NDArray y = features.swapAxes(1, 2);
    for (int i = 0; i < convs.size(); i++) {
      y = Activation.relu(convs.get(i).apply(store, y, training));
      if (i < norms.size()) {
        y = norms.get(i).apply(store, y, training);
      }
    }
    return poolingNorm.apply(store, pooling.apply(store, y, training), training);
  }

  @Override
  public Inference inference(NDManager manager) {
    List<TdnnInference> layers = new ArrayList<>();
    for (int i = 0; i < convs.size(); i++) {
      BatchNorm.Factors norm =
          i < norms.size() ? norms.get(i).factors() : BatchNorm.Factors.none(channels);
      layers.add(TdnnInference.of(convs.get(i), TAPS.get(i), norm, manager));
    }
    return new TdnnPlan(
        channels,
        List.copyOf(layers),
        CUT,
        pooling.inference(manager),
        Affine.of(last.projection()).after(poolingNorm.factors()).dense(manager));
  }

  @Override
  protected FinalMap last() {
    return last;
  }

  @Override
  protected long leastFrames() {
    return LEAST_FRAMES;
  }

  @Override
  protected long widest() {
    return channels;
  }
}
