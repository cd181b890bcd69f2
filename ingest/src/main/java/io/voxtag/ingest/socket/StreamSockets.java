package io.voxtag.ingest.socket;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.LiveLegs;
import io.voxtag.ingest.leg.OutstandingBytes;
import io.voxtag.ingest.leg.RefusedStreamException;
import io.voxtag.ingest.publish.IngestMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** All connections that stream. Thread-safe. */
public final class StreamSockets {

  private final Map<StreamSocket, CompletableFuture<Void>> open = new ConcurrentHashMap<>();
  private final Vertx vertx;
  private final LiveLegs legs;
  private final OutstandingBytes outstanding;
  private final IngestMetrics metrics;
  private final SocketLimits limits;
  private final int maxStreams;
  private volatile boolean stopping;

  /**
   * @param maxStreams connections at a time; further ones are closed
   */
  public StreamSockets(
      Vertx vertx,
      LiveLegs legs,
      OutstandingBytes outstanding,
      IngestMetrics metrics,
      SocketLimits limits,
      int maxStreams) {
    this.vertx = vertx;
    this.legs = legs;
    this.outstanding = outstanding;
    this.metrics = metrics;
    this.limits = limits;
    this.maxStreams = maxStreams;
  }

  /**
   * Takes over a connection; called on its event loop.
   *
   * @param transport name of the protocol, for logs and metrics
   */
  public void accept(String transport, ServerWebSocket socket, ProtocolFactory factory) {
    StreamSocket stream =
        new StreamSocket(
            transport,
            socket,
            vertx,
            legs,
            outstanding.open(limits.outstandingBytes()),
            metrics,
            limits);
    CompletableFuture<Void> gone = new CompletableFuture<>();
    open.put(stream, gone);
    boolean tooMany = metrics.openStreams().incrementAndGet() > maxStreams;
    stream
        .start(tooMany ? connection -> refuse() : factory)
        .onComplete(
            v -> {
              metrics.openStreams().decrementAndGet();
              open.remove(stream);
              gone.complete(null);
            });
    if (stopping) {
      stream.close(Closing.SHUTDOWN, "the service is stopping");
    }
  }

  private StreamProtocol refuse() throws RefusedStreamException {
    throw new RefusedStreamException(
        Closing.TOO_MANY, "%d streams already; try again later".formatted(maxStreams));
  }

  /** Closes all connections, and waits until their legs are ended, at most for this time. */
  public void closeAll(Duration timeout) {
    stopping = true;
    open.keySet().forEach(stream -> stream.close(Closing.SHUTDOWN, "the service is stopping"));
    CompletableFuture.allOf(open.values().toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
