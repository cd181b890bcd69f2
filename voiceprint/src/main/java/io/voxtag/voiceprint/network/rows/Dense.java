package io.voxtag.voiceprint.network.rows;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;

/** A finished linear map of rows: weight [out, in] and bias [out]. */
public record Dense(NDArray weight, NDArray bias) {

  /** [rows, in] to [rows, out], on the manager of the rows. */
  public NDArray apply(NDArray rows) {
    return Linear.linear(rows, weight, bias).singletonOrThrow();
  }
}
