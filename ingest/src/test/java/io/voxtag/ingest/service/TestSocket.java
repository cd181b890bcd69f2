package io.voxtag.ingest.service;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that sends what it is told, right or wrong. */
final class TestSocket implements WebSocket.Listener {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** How the server closed. */
  record Closed(int code, String reason) {}

  private final CompletableFuture<Closed> closed = new CompletableFuture<>();
  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private final WebSocket socket;

  private TestSocket(URI address) {
    socket = HTTP.newWebSocketBuilder().buildAsync(address, this).join();
  }

  /** Connects to a path with query on the HTTP server at {@code base}. */
  static TestSocket connect(URI base, String path) {
    return new TestSocket(URI.create("ws://" + base.getHost() + ":" + base.getPort() + path));
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  void send(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  void send(byte[] bytes, boolean last) {
    socket.sendBinary(ByteBuffer.wrap(bytes), last).join();
  }

  /** Begins to send; the server may close before the end of it. */
  void begin(byte[] bytes) {
    CompletableFuture<WebSocket> unused = socket.sendBinary(ByteBuffer.wrap(bytes), true);
  }

  void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  /** Ends the connection as a client that dies does. */
  void abort() {
    socket.abort();
  }

  /** Waits for the first text message of the server. */
  String answer() throws Exception {
    return answer.get(60, TimeUnit.SECONDS);
  }

  /** Waits until the server closes. */
  Closed closed() throws Exception {
    return closed.get(60, TimeUnit.SECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    answer.complete(data.toString());
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(new Closed(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    closed.completeExceptionally(failure);
  }
}
