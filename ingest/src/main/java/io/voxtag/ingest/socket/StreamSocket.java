package io.voxtag.ingest.socket;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.voxtag.ingest.access.TokenBucket;
import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.LegFormat;
import io.voxtag.ingest.leg.LegId;
import io.voxtag.ingest.leg.LegSession;
import io.voxtag.ingest.leg.LiveLegs;
import io.voxtag.ingest.leg.OutstandingBytes;
import io.voxtag.ingest.leg.RefusedStreamException;
import io.voxtag.ingest.leg.ReplacedLegException;
import io.voxtag.ingest.leg.UndeliveredAudioException;
import io.voxtag.ingest.publish.IngestMetrics;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket. All of it happens on the event loop of the connection, save what the interface
 * declares thread-safe.
 *
 * <p>While too much is outstanding the socket is paused: Vert.x then reads no more from TCP, whose
 * window closes, and the client's writes wait. Frames that were read by then are delivered before
 * the end of the connection is, so that nothing that was taken is lost.
 */
final class StreamSocket implements StreamConnection {

  private static final Logger LOG = Logger.getLogger(StreamSocket.class);
  private static final int MAX_REASON_BYTES = 123;

  private final String transport;
  private final ServerWebSocket socket;
  private final Vertx vertx;
  private final Context context;
  private final LiveLegs legs;
  private final OutstandingBytes.Account account;
  private final IngestMetrics metrics;
  private final SocketLimits limits;
  private final MessageAssembler messages;
  private final TokenBucket rate;
  private final Promise<Void> gone = Promise.promise();

  private @Nullable StreamProtocol protocol;
  private @Nullable Closing closing;
  private boolean disconnected;
  private boolean opened;
  private boolean paused;
  private long pausedAt;
  private boolean throttled;
  private long throttledAt;
  private long heardAt = System.nanoTime();
  private long watchdog;

  StreamSocket(
      String transport,
      ServerWebSocket socket,
      Vertx vertx,
      LiveLegs legs,
      OutstandingBytes.Account account,
      IngestMetrics metrics,
      SocketLimits limits) {
    this.transport = transport;
    this.socket = socket;
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.legs = legs;
    this.account = account;
    this.metrics = metrics;
    this.limits = limits;
    this.messages = new MessageAssembler(limits.maxMessageBytes());
    this.rate = new TokenBucket(limits.bytesPerSecond());
  }

  /** Begins to read. Completes when the connection is gone and its legs are ended. */
  Future<Void> start(ProtocolFactory factory) {
    socket.frameHandler(this::onFrame);
    socket.pongHandler(pong -> heardAt = System.nanoTime());
    socket.closeHandler(v -> onDisconnect());
    socket.exceptionHandler(this::onFailure);
    watchdog = vertx.setPeriodic(Math.max(1, limits.idleTimeout().toMillis() / 2), id -> watch());
    later(limits.startTimeout(), this::requireLeg);
    try {
      protocol = factory.create(this);
    } catch (RefusedStreamException e) {
      closeNow(e.closing(), String.valueOf(e.getMessage()));
    }
    return gone.future();
  }

  @Override
  public LegSession open(LegId leg, String streamId, LegFormat format) {
    opened = true;
    LegSession session = legs.open(leg, streamId, format, account);
    session
        .finished()
        .whenComplete(
            (totals, failure) -> {
              if (failure != null) {
                closeFor(failure);
              }
            });
    LOG.debugf(
        "leg opened transport=%s callId=%s channel=%d streamId=%s format=%s",
        transport, leg.callId(), leg.channel(), streamId, format);
    return session;
  }

  @Override
  public void send(String message) {
    context.runOnContext(
        v -> {
          if (closing == null && !disconnected) {
            socket.writeTextMessage(message);
          }
        });
  }

  @Override
  public void close(Closing why, String reason) {
    context.runOnContext(v -> closeNow(why, reason));
  }

  @Override
  public void later(Duration delay, Runnable action) {
    vertx.setTimer(
        Math.max(1, delay.toMillis()),
        id -> {
          if (closing == null && !disconnected) {
            action.run();
          }
        });
  }

  private void closeFor(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ReplacedLegException) {
      close(Closing.REPLACED, String.valueOf(cause.getMessage()));
    } else if (cause instanceof UndeliveredAudioException) {
      close(Closing.UNDELIVERED, String.valueOf(cause.getMessage()));
    } else {
      LOG.error("leg failed", failure);
      close(Closing.FAULT, "fault of the service; try again");
    }
  }

  private void onFrame(WebSocketFrame frame) {
    heardAt = System.nanoTime();
    if (closing != null || protocol == null || frame.isClose() || frame.isPing()) {
      return;
    }
    try {
      if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
        dispatch(protocol, messages.add(frame));
      }
    } catch (RefusedStreamException e) {
      closeNow(e.closing(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.errorf(e, "stream failed transport=%s", transport);
      closeNow(Closing.FAULT, "fault of the service; try again");
    }
    pauseIfFull();
    pauseIfFast(frame.binaryData().length());
  }

  // Vert.x breaks the connection after this, so that a close frame must go out from here.
  private void onFailure(Throwable failure) {
    LOG.debugf("stream failed transport=%s reason=%s", transport, failure);
    if (failure instanceof CorruptedWebSocketFrameException corrupted) {
      boolean tooBig = corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
      closeNow(
          tooBig ? Closing.TOO_BIG : Closing.MALFORMED, String.valueOf(corrupted.getMessage()));
    }
  }

  private static void dispatch(StreamProtocol protocol, @Nullable Message message)
      throws RefusedStreamException {
    if (message instanceof Message.Text text) {
      protocol.onText(text.text());
    } else if (message instanceof Message.Binary binary) {
      protocol.onBinary(binary.bytes());
    }
  }

  private void pauseIfFull() {
    if (paused || disconnected || closing != null || !account.isFull()) {
      return;
    }
    paused = true;
    pausedAt = System.nanoTime();
    socket.pause();
    account.whenRoom(() -> context.runOnContext(v -> resume()));
  }

  private void resume() {
    if (paused) {
      paused = false;
      metrics.paused(Duration.ofNanos(System.nanoTime() - pausedAt));
      account.cancel();
      read();
    }
  }

  // TCP holds back who sends faster than allowed, as it does where Kafka is slow.
  private void pauseIfFast(int bytes) {
    long wait = rate.take(bytes);
    if (wait == 0 || throttled || disconnected || closing != null) {
      return;
    }
    throttled = true;
    socket.pause();
    throttledAt = System.nanoTime();
    vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait)), id -> unthrottle());
  }

  private void unthrottle() {
    if (throttled) {
      throttled = false;
      metrics.throttled(Duration.ofNanos(System.nanoTime() - throttledAt));
      read();
    }
  }

  private void read() {
    if (!paused && !throttled) {
      heardAt = System.nanoTime();
      socket.resume();
    }
  }

  private void requireLeg() {
    if (!opened) {
      closeNow(
          Closing.SILENT,
          "no audio within %d s of connecting".formatted(limits.startTimeout().toSeconds()));
    }
  }

  private void watch() {
    long quiet = System.nanoTime() - heardAt;
    if (paused || throttled || closing != null) {
      return;
    }
    if (quiet > limits.idleTimeout().toNanos()) {
      closeNow(
          Closing.SILENT,
          "no audio and no pong for %d s".formatted(limits.idleTimeout().toSeconds()));
    } else {
      socket.writePing(Buffer.buffer());
    }
  }

  private void closeNow(Closing why, String reason) {
    if (closing != null || disconnected) {
      return;
    }
    closing = why;
    endLegs();
    log(why, reason);
    // What still comes is read and ignored, so that the answer to the close frame is seen.
    resume();
    unthrottle();
    socket.close((short) why.code(), truncated(reason));
  }

  private void onDisconnect() {
    disconnected = true;
    vertx.cancelTimer(watchdog);
    // Frames that wait in the socket are delivered first, on this event loop.
    resume();
    unthrottle();
    context.runOnContext(
        v -> {
          endLegs();
          if (closing == null) {
            closing = socket.closeStatusCode() == null ? Closing.DISCONNECTED : Closing.CLOSED;
            log(closing, "");
          }
          metrics.streamClosed(transport, closing);
          gone.complete();
        });
  }

  private void endLegs() {
    if (protocol != null) {
      protocol.onEnd();
    }
  }

  private void log(Closing why, String reason) {
    boolean normal = why == Closing.ENDED || why == Closing.CLOSED || why == Closing.SHUTDOWN;
    LOG.logf(
        normal ? Logger.Level.DEBUG : Logger.Level.WARN,
        "stream closed transport=%s remote=%s closing=%s reason=%s",
        transport,
        socket.remoteAddress(),
        why,
        reason);
  }

  private static String truncated(String reason) {
    StringBuilder cut = new StringBuilder();
    int bytes = 0;
    for (int c : reason.codePoints().toArray()) {
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes > MAX_REASON_BYTES) {
        break;
      }
      cut.appendCodePoint(c);
    }
    return cut.toString();
  }
}
