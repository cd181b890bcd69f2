package io.voxtag.ingest.leg;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The legs that are streamed now, at most one run of each: a client that lost its connection and
 * comes back need not wait until the old one is noticed to be dead. Thread-safe.
 */
public final class LiveLegs {

  private final Map<LegId, LegSession> live = new ConcurrentHashMap<>();
  private final ChunkSink sink;
  private final Duration chunk;
  private final InstantSource clock;

  /**
   * @param chunk length of the chunks
   * @param clock tells when audio was captured
   */
  public LiveLegs(ChunkSink sink, Duration chunk, InstantSource clock) {
    this.sink = sink;
    this.chunk = chunk;
    this.clock = clock;
  }

  /**
   * Begins a run of a leg. An earlier run that is still open is ended first; its {@link
   * LegSession#finished()} fails with {@link ReplacedLegException}.
   *
   * @param streamId unique to the run
   */
  public LegSession open(
      LegId leg, String streamId, LegFormat format, OutstandingBytes.Account account) {
    LegSession session =
        new LegSession(leg, streamId, format, Chunker.of(format, chunk), sink, account, clock);
    LegSession previous = live.put(leg, session);
    if (previous != null) {
      previous.replace();
    }
    session.finished().whenComplete((totals, failure) -> live.remove(leg, session));
    return session;
  }
}
