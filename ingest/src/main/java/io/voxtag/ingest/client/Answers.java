package io.voxtag.ingest.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What comes back from the server: the answer to the end, or why there is none. */
final class Answers implements WebSocket.Listener {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CompletableFuture<StreamEnded> ended = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();

  /** Completes with the answer, or fails with a {@link CallStreamException}. */
  CompletableFuture<StreamEnded> ended() {
    return ended;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      onMessage(text.toString());
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    ended.completeExceptionally(new StreamClosedException(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    ended.completeExceptionally(
        new StreamBrokenException("The connection broke: " + failure.getMessage(), failure));
  }

  private void onMessage(String message) {
    try {
      JsonNode answer = JSON.readTree(message);
      if (answer.path("event").asText().equals("ended")) {
        ended.complete(
            new StreamEnded(answer.path("samples").asLong(-1), answer.path("chunks").asLong(-1)));
      }
    } catch (JsonProcessingException e) {
      ended.completeExceptionally(
          new StreamBrokenException("The server sent no JSON; is it an ingest service?", e));
    }
  }
}
