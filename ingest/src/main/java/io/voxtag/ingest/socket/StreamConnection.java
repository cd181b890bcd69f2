package io.voxtag.ingest.socket;

import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.LegFormat;
import io.voxtag.ingest.leg.LegId;
import io.voxtag.ingest.leg.LegSession;
import java.time.Duration;

/** What a protocol can do with its connection. Thread-safe. */
public interface StreamConnection {

  /**
   * Begins a run of a leg. If its audio cannot be stored, or another stream takes it over, the
   * connection is closed.
   *
   * @param streamId unique to the run
   */
  LegSession open(LegId leg, String streamId, LegFormat format);

  /** Sends a text message, unless the connection is closed. */
  void send(String message);

  /** Closes the connection. What came before is flushed; what follows is ignored. */
  void close(Closing closing, String reason);

  /** Runs an action on the thread of the connection after a delay, unless it is closed by then. */
  void later(Duration delay, Runnable action);
}
