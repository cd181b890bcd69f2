package io.voxtag.console.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.voxtag.console.feed.Feeds;
import io.voxtag.console.feed.Update;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Everything and every change, as server-sent events (WHATWG HTML, 9.2), to one browser. One that
 * does not keep up is cut off: it connects again by itself and is told everything anew.
 */
final class LiveStream implements Consumer<Update> {

  /** What is in memory for a browser: some 300 bytes each. */
  private static final int MOST_WAITING = 200_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Feeds feeds;
  private final HttpServerResponse response;
  private final Context context;
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * @param context of the connection, on which everything is written
   */
  LiveStream(Feeds feeds, HttpServerResponse response, Context context) {
    this.feeds = feeds;
    this.response = response;
    this.context = context;
  }

  void start() {
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no");
    response.closeHandler(gone -> feeds.forget(this));
    response.exceptionHandler(failure -> feeds.forget(this));
    response.write("retry: 1000\n\n");
    feeds.listen(this);
  }

  @Override
  public void accept(Update update) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      feeds.forget(this);
      context.runOnContext(slow -> response.reset());
      return;
    }
    String text = "event: %s%ndata: %s%n%n".formatted(update.event(), json(update.data()));
    context.runOnContext(
        turn -> {
          if (response.closed() || response.ended()) {
            feeds.forget(this);
          } else {
            response.write(text).onComplete(written -> waiting.decrementAndGet());
          }
        });
  }

  private static String json(Object data) {
    try {
      return JSON.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of strings and numbers are JSON", e);
    }
  }
}
