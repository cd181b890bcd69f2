package io.voxtag.voiceprint.network.rows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.voxtag.voiceprint.network.layer.PaddingMode;
import io.voxtag.voiceprint.network.layer.Taps;
import java.util.HashMap;
import java.util.Map;

/**
 * The frames of a batch as rows [batch * frames, channels], a window's rows one below the other,
 * and which of them are neighbours. Belongs to one call.
 */
public final class FrameRows implements AutoCloseable {
  private final NDManager manager;
  private final int batch;
  private final int frames;
  private final Map<Taps, NDArray> tables = new HashMap<>();

  /** Makes tables where they are needed, which live on the manager until it is closed. */
  public FrameRows(NDManager manager, long batch, long frames) {
    this.manager = manager;
    this.batch = (int) batch;
    this.frames = (int) frames;
  }

  /** A view of rows by windows: [batch, frames, channels]. */
  public NDArray windows(NDArray rows) {
    return rows.reshape(batch, frames, rows.getShape().get(1));
  }

  /** Each row beside its neighbours: [rows, channels] to [rows, kernel * channels], a new array. */
  NDArray beside(NDArray rows, Taps taps) {
    long channels = rows.getShape().get(1);
    NDArray table = tables.computeIfAbsent(taps, this::table);
    if (taps.mode() == PaddingMode.REFLECT) {
      return pick(rows, table, taps, channels);
    }
    try (NDArray silence = rows.getManager().zeros(new Shape(1, channels));
        NDArray padded = rows.concat(silence, 0)) {
      return pick(padded, table, taps, channels);
    }
  }

  private NDArray pick(NDArray rows, NDArray table, Taps taps, long channels) {
    try (NDArray picked = Embedding.embedding(table, rows, SparseFormat.DENSE).singletonOrThrow()) {
      return picked.reshape((long) batch * frames, taps.kernel() * channels);
    }
  }

  /** Numbers of rows; beyond the ends a mirrored one, or the row of zeros below the last. */
  private NDArray table(Taps taps) {
    taps.requireEnough(frames);
    long[] numbers = new long[batch * frames * taps.kernel()];
    int at = 0;
    for (int window = 0; window < batch; window++) {
      for (int frame = 0; frame < frames; frame++) {
        for (int tap = 0; tap < taps.kernel(); tap++) {
          int seen = frame + tap * taps.dilation() - taps.reach();
          if (taps.mode() == PaddingMode.REFLECT) {
            seen = Math.abs(seen);
            seen = seen < frames ? seen : 2 * (frames - 1) - seen;
          }
          boolean inside = seen >= 0 && seen < frames;
          numbers[at++] = inside ? (long) window * frames + seen : (long) batch * frames;
        }
      }
    }
    return manager.create(numbers);
  }

  @Override
  public void close() {
    tables.values().forEach(NDArray::close);
  }
}
