package io.voxtag.embedder.leg;

import java.util.Arrays;

/** What a window is, for comparison. */
record Made(
    LegKey leg, long index, long startMs, long endMs, long capturedAt, boolean last, int digest) {

  static Made of(Window window) {
    return new Made(
        window.leg(),
        window.index(),
        window.startMs(),
        window.endMs(),
        window.capturedAt(),
        window.last(),
        Arrays.hashCode(window.samples()));
  }
}
