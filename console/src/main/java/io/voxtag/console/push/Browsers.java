package io.voxtag.console.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerResponse;
import io.voxtag.console.live.CallChanges;
import io.voxtag.console.live.LiveCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Tells browsers of changes by server-sent events (WHATWG HTML, section 9.2): {@code snapshot} with
 * all calls first, then {@code calls} with what changed of them, {@code changed} with the names of
 * {@link Subject}s, and {@code beat} where nothing else is to be said. One that does not keep up is
 * left out until it does, and then begins with a snapshot again, so that nothing piles up for it.
 * Thread-safe.
 */
public final class Browsers implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Browsers.class);
  private static final Duration PACE = Duration.ofMillis(200);
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final int QUEUE_BYTES = 256 * 1024;

  private final LiveCalls calls;
  private final ObjectMapper json;
  private final int limit;
  private final AtomicInteger count = new AtomicInteger();
  private final ScheduledExecutorService thread;
  // Belongs to the thread.
  private final List<Browser> open = new ArrayList<>();
  private long lastSaid = System.nanoTime();
  private final Set<Subject> changed = EnumSet.noneOf(Subject.class);

  private static final class Browser {

    private final HttpServerResponse response;
    private boolean behind = true;

    Browser(HttpServerResponse response) {
      this.response = response;
    }

    boolean isGone() {
      return response.ended() || response.closed();
    }
  }

  /**
   * @param limit browsers at a time
   */
  public Browsers(LiveCalls calls, ObjectMapper json, int limit) {
    this.calls = calls;
    this.json = json;
    this.limit = limit;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "console-push");
              made.setDaemon(true);
              return made;
            });
  }

  /** Starts telling. */
  public void start() {
    thread.scheduleWithFixedDelay(
        this::sayOrLog, PACE.toMillis(), PACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Takes a browser in, and answers it from now on.
   *
   * @return false where there are as many as there may be
   */
  public boolean accept(HttpServerResponse response) {
    if (count.incrementAndGet() > limit) {
      count.decrementAndGet();
      return false;
    }
    response.closeHandler(closed -> count.decrementAndGet());
    response.setChunked(true).setWriteQueueMaxSize(QUEUE_BYTES);
    response
        .putHeader("content-type", "text/event-stream; charset=utf-8")
        .putHeader("cache-control", "no-store")
        .putHeader("x-accel-buffering", "no");
    thread.execute(
        () -> {
          Browser browser = new Browser(response);
          open.add(browser);
          catchUp(browser);
        });
    return true;
  }

  /** Tells all of them that something is new. */
  public void tell(Subject subject) {
    synchronized (changed) {
      changed.add(subject);
    }
  }

  private void sayOrLog() {
    try {
      say();
    } catch (RuntimeException e) {
      LOG.error("browsers could not be told", e);
    }
  }

  private void say() {
    calls.tidy();
    open.removeIf(Browser::isGone);
    CallChanges news = calls.changes();
    List<Subject> subjects = takeChanged();
    StringBuilder frames = new StringBuilder();
    if (!news.isEmpty()) {
      frames.append(frame("calls", news));
    }
    if (!subjects.isEmpty()) {
      frames.append(frame("changed", subjects));
    }
    if (frames.isEmpty()) {
      if (System.nanoTime() - lastSaid > BEAT.toNanos()) {
        frames.append(frame("beat", ""));
      } else {
        open.stream().filter(browser -> browser.behind).forEach(this::catchUp);
        return;
      }
    }
    lastSaid = System.nanoTime();
    String text = frames.toString();
    open.forEach(browser -> pass(browser, text));
  }

  private void pass(Browser browser, String frames) {
    if (browser.behind || browser.response.writeQueueFull()) {
      browser.behind = true;
      catchUp(browser);
    } else {
      write(browser, frames);
    }
  }

  private void catchUp(Browser browser) {
    if (!browser.isGone() && !browser.response.writeQueueFull()) {
      browser.behind = false;
      write(browser, frame("snapshot", calls.snapshot()) + frame("changed", Subject.values()));
    }
  }

  private static void write(Browser browser, String frames) {
    browser
        .response
        .write(frames)
        .onFailure(failure -> LOG.debugf("a browser is gone reason=%s", failure));
  }

  private List<Subject> takeChanged() {
    synchronized (changed) {
      List<Subject> taken = List.copyOf(changed);
      changed.clear();
      return taken;
    }
  }

  private String frame(String event, Object data) {
    try {
      return "event: " + event + "\ndata: " + json.writeValueAsString(data) + "\n\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Values of the page are always JSON", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    open.stream()
        .filter(browser -> !browser.isGone())
        .forEach(browser -> browser.response.end().onFailure(gone -> LOG.debug("gone", gone)));
  }
}
