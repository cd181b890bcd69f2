package io.voxtag.embedder;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.testkit.TestTopics;
import java.util.List;

/** Calls that come one round after the other until closed, four at a time, from a thread. */
final class LiveCalls implements AutoCloseable {

  private static final int CALLS = 4;
  private static final int SECONDS = 12;

  private final TestTopics topics;
  private final String name;
  private final List<AudioChunk> leg = Calls.leg("template", 0, SECONDS);
  private final Thread thread = new Thread(this::run, "live-calls");
  private volatile boolean ending;
  private int rounds;

  LiveCalls(TestTopics topics, String name) {
    this.topics = topics;
    this.name = name;
    thread.start();
  }

  private void run() {
    while (!ending) {
      for (AudioChunk chunk : leg) {
        for (int call = 0; call < CALLS; call++) {
          String id = name + "-" + rounds + "-" + call;
          topics.send(Topics.CALL_AUDIO, id, AudioChunk.newBuilder(chunk).setCallId(id).build());
        }
      }
      rounds++;
    }
  }

  /** Ends with the round under way; how many windows all calls have. */
  int end() throws InterruptedException {
    ending = true;
    thread.join();
    return rounds * CALLS * Calls.windows(SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    end();
  }
}
