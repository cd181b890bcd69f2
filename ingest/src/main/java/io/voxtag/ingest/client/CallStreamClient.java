package io.voxtag.ingest.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Streams legs of calls to an ingest service, as a live call or as fast as it takes them.
 * Thread-safe: legs that are streamed at the same time take a thread each.
 *
 * <pre>{@code
 * CallStreamClient client = new CallStreamClient(URI.create("http://localhost:8080"));
 * client.stream(new LegAddress("call-7", 0), LegAudio.pcm16(pcm), Pace.LIVE, StreamProgress.NONE);
 * }</pre>
 */
public final class CallStreamClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration STALL_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
  private static final int PIECES_A_SECOND = 25;
  private static final int UNPACED_BYTES = 16 * 1024;

  private final URI server;
  private final Duration stallTimeout;
  private final Optional<String> token;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

  /** A client that waits up to 5 minutes while the server takes nothing. */
  public CallStreamClient(URI server) {
    this(server, STALL_TIMEOUT);
  }

  /**
   * @param server where the service listens: http, https, ws or wss
   * @param stallTimeout how long the server may take nothing, as it does while Kafka is away
   */
  public CallStreamClient(URI server, Duration stallTimeout) {
    this(server, stallTimeout, Optional.empty());
  }

  /**
   * @param server where the service listens: http, https, ws or wss
   * @param stallTimeout how long the server may take nothing, as it does while Kafka is away
   * @param token what lets in, where the server asks for a token
   */
  public CallStreamClient(URI server, Duration stallTimeout, Optional<String> token) {
    this.server = server;
    this.stallTimeout = stallTimeout;
    this.token = token;
  }

  /**
   * Streams a leg and waits until the server says that all of it is stored. Blocks; while the
   * server takes nothing, so does this.
   *
   * @throws ServerUnreachableException if there is no connection
   * @throws ConnectionRefusedException if the server does not take it
   * @throws StreamClosedException if the server refused or gave up the stream
   * @throws StreamBrokenException if the connection broke or stalled
   * @throws IOException if the audio cannot be read
   * @throws InterruptedException if the thread is interrupted; what was sent stays
   */
  public StreamEnded stream(LegAddress leg, LegAudio audio, Pace pace, StreamProgress progress)
      throws IOException, InterruptedException {
    Answers answers = new Answers();
    WebSocket socket = connect(leg, audio, answers);
    try {
      send(socket, audio, pace, progress, answers);
      await(socket.sendText("{\"event\":\"end\"}", true), answers);
      return get(answers.ended());
    } finally {
      // After the answer the server closes; in all other cases nothing is left to say.
      socket.abort();
    }
  }

  /** The same with a token. */
  public CallStreamClient withToken(String newToken) {
    return new CallStreamClient(server, stallTimeout, Optional.of(newToken));
  }

  private WebSocket connect(LegAddress leg, LegAudio audio, Answers answers)
      throws CallStreamException, InterruptedException {
    WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT);
    token.ifPresent(secret -> builder.header("Authorization", "Bearer " + secret));
    try {
      return builder
          .buildAsync(leg.at(server, audio.encoding(), audio.sampleRate()), answers)
          .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        throw new ConnectionRefusedException(server, refused.getResponse().statusCode(), refused);
      }
      throw new ServerUnreachableException(server, e.getCause() == null ? e : e.getCause());
    }
  }

  private void send(
      WebSocket socket, LegAudio audio, Pace pace, StreamProgress progress, Answers answers)
      throws IOException, InterruptedException {
    int sampleBytes = audio.sampleBytes();
    int pieceBytes =
        pace.isLimited()
            ? Math.max(1, audio.sampleRate() / PIECES_A_SECOND) * sampleBytes
            : UNPACED_BYTES;
    long begin = System.nanoTime();
    long samples = 0;
    while (true) {
      byte[] piece = audio.bytes().readNBytes(pieceBytes);
      // A last half sample is nothing that can be heard.
      int whole = piece.length - piece.length % sampleBytes;
      if (whole == 0) {
        return;
      }
      samples += whole / sampleBytes;
      waitUntil(begin + pace.nanosUntil(samples, audio.sampleRate()), answers);
      await(socket.sendBinary(ByteBuffer.wrap(piece, 0, whole), true), answers);
      progress.sent(samples);
    }
  }

  /** Waits for a moment, unless the stream ends before. */
  private static void waitUntil(long nanos, Answers answers)
      throws CallStreamException, InterruptedException {
    long left = nanos - System.nanoTime();
    if (left <= 0) {
      return;
    }
    try {
      answers.ended().get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (ExecutionException e) {
      throw failure(e);
    }
    throw new StreamBrokenException("The server ended the stream before the audio was sent");
  }

  /** Waits for a send, unless the stream ends before. */
  private void await(CompletableFuture<WebSocket> sent, Answers answers)
      throws CallStreamException, InterruptedException {
    try {
      CompletableFuture.anyOf(sent, answers.ended())
          .get(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw reason(answers, e);
    } catch (TimeoutException e) {
      throw new StreamBrokenException(
          "The server took no audio for " + stallTimeout.toSeconds() + " s", e);
    }
  }

  /** Why a send failed: what the server says, where that is still on its way. */
  private static CallStreamException reason(Answers answers, ExecutionException sendFailure)
      throws InterruptedException {
    try {
      answers.ended().get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return failure(e);
    } catch (TimeoutException e) {
      sendFailure.addSuppressed(e);
    }
    return failure(sendFailure);
  }

  private StreamEnded get(CompletableFuture<StreamEnded> ended)
      throws CallStreamException, InterruptedException {
    try {
      return ended.get(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (TimeoutException e) {
      throw new StreamBrokenException(
          "The server did not store the audio within " + stallTimeout.toSeconds() + " s", e);
    }
  }

  private static CallStreamException failure(ExecutionException e) {
    return e.getCause() instanceof CallStreamException failure
        ? failure
        : new StreamBrokenException("The connection broke: " + e.getCause().getMessage(), e);
  }
}
