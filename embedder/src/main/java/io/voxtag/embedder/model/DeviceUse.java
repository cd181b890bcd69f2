package io.voxtag.embedder.model;

/**
 * How long the device has computed: the time in which a batch, or several, were in a model.
 * Thread-safe.
 */
final class DeviceUse {

  private int running;
  private long since;
  private long busyNanos;

  synchronized void began() {
    if (running == 0) {
      since = System.nanoTime();
    }
    running++;
  }

  synchronized void ended() {
    running--;
    if (running == 0) {
      busyNanos += System.nanoTime() - since;
    }
  }

  /** Seconds so far, what runs now included; never decreases. */
  synchronized double seconds() {
    long now = running == 0 ? 0 : System.nanoTime() - since;
    return (busyNanos + now) / 1e9;
  }
}
