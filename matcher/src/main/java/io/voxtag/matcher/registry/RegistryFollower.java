package io.voxtag.matcher.registry;

import io.voxtag.matcher.registry.SpeakerRegistry.LoadPoint;
import io.voxtag.scoring.UnitVectors;
import io.voxtag.scoring.VoiceprintIndex;
import io.voxtag.scoring.VoiceprintSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Keeps the voiceprints of one model version in memory like those in Redis, in a thread of its own.
 * While Redis is away the voiceprints stay as they were last known. Where Redis comes back with
 * less than it had, they stay, too, until the enrolments were applied again. Thread-safe.
 */
public final class RegistryFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryFollower.class);
  private static final int BLOCK_MS = 1000;
  private static final int BATCH = 1000;
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration CATCH_UP = Duration.ofSeconds(2);

  private final RegistryConnection redis;
  private final SpeakerRegistry registry;
  private final RegistryWriter writer;
  private final String version;
  private final int partitions;
  private final VoiceprintIndex index;
  private final CountDownLatch loaded = new CountDownLatch(1);
  private final Thread thread;

  private @Nullable Generation generation;
  private long number;
  private boolean awayLogged;
  private volatile StreamEntryID applied = new StreamEntryID(0, 0);
  private volatile boolean up;
  private volatile long contactNanos = System.nanoTime();
  private volatile boolean closed;

  /**
   * Begins to follow.
   *
   * @param redis stays the caller's to close, after this
   * @param version the model version
   * @param index of that model; only this follower changes it
   * @param partitions partitions of the enrolments
   */
  public RegistryFollower(
      RegistryConnection redis, String version, VoiceprintIndex index, int partitions) {
    this.redis = redis;
    this.registry = new SpeakerRegistry(redis);
    this.writer = new RegistryWriter(redis);
    this.version = version;
    this.partitions = partitions;
    this.index = index;
    this.thread = new Thread(this::run, "voxtag-registry-" + version);
    this.thread.setDaemon(true);
  }

  /** Starts the thread; once. */
  public void start() {
    thread.start();
  }

  /** The voiceprints as they are known now; their version is the id of the last change. */
  public VoiceprintSnapshot voiceprints() {
    return index.snapshot();
  }

  /** Whether Redis answered when it was last asked. */
  public boolean isUp() {
    return up;
  }

  /** How long ago Redis last answered; some 1 s at most while it is there. */
  public Duration staleness() {
    return Duration.ofNanos(System.nanoTime() - contactNanos);
  }

  /** Whether the voiceprints were loaded for the first time. */
  public boolean isLoaded() {
    return loaded.getCount() == 0;
  }

  /** Waits until the voiceprints were loaded for the first time; false if the time is over. */
  public boolean awaitLoaded(Duration timeout) throws InterruptedException {
    return loaded.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Voiceprints that hold every change that Redis had when this was called.
   *
   * @throws RegistryUnavailableException if Redis fails or following takes too long
   */
  public CaughtUp caughtUp() {
    String last = registry.loadPoint(version).change();
    StreamEntryID target = new StreamEntryID(last);
    long deadline = System.nanoTime() + CATCH_UP.toNanos();
    synchronized (this) {
      while (applied.compareTo(target) < 0 || loaded.getCount() > 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new RegistryUnavailableException(
              "The voiceprints in memory are at change " + applied + ", Redis is at " + last);
        }
        waitFor(left);
      }
      return new CaughtUp(last, index.snapshot());
    }
  }

  /**
   * Voiceprints and the change that they hold at least.
   *
   * @param lastChange the last change that Redis had
   * @param voiceprints with it
   */
  public record CaughtUp(String lastChange, VoiceprintSnapshot voiceprints) {}

  private void run() {
    while (!closed) {
      try {
        follow();
        contact(true);
      } catch (RegistryUnavailableException e) {
        if (closed) {
          return;
        }
        if (!awayLogged) {
          awayLogged = true;
          LOG.warn(
              "Redis does not answer, matching goes on from memory, speakers={} reason={}",
              index.snapshot().size(),
              e.getMessage());
        }
        contact(false);
        pause();
      } catch (RuntimeException e) {
        if (!closed) {
          LOG.error("Following the registry failed, trying again", e);
          pause();
        }
      }
    }
  }

  private void follow() {
    Generation found = writer.generation();
    boolean sameData = found.equals(generation);
    if (loaded.getCount() > 0 || (!sameData && writer.isRebuilt(found, partitions))) {
      load(found);
    }
    contact(true);
    List<StreamEntry> changes = read();
    if (changes.isEmpty()) {
      return;
    }
    long first = Long.parseLong(changes.get(0).getFields().get("number"));
    if (found.equals(generation) && first != number + 1) {
      LOG.info("Changes {} to {} are gone from the stream, loading all", number + 1, first - 1);
      load(found);
    } else {
      apply(changes);
    }
  }

  private void load(Generation found) {
    LoadPoint point = registry.loadPoint(version);
    Map<String, float[]> voiceprints = registry.voiceprints(version);
    voiceprints.entrySet().removeIf(entry -> !usable(entry.getKey(), entry.getValue()));
    synchronized (this) {
      index.replaceAll(voiceprints, point.change());
      applied = new StreamEntryID(point.change());
      number = point.number();
      generation = found;
      loaded.countDown();
      notifyAll();
    }
    LOG.info(
        "Loaded voiceprints modelVersion={} speakers={} change={}",
        version,
        voiceprints.size(),
        point.change());
  }

  private List<StreamEntry> read() {
    XReadParams params = XReadParams.xReadParams().block(BLOCK_MS).count(BATCH);
    Map<String, StreamEntryID> from = Map.of(redis.keys().changes(version), applied);
    List<Map.Entry<String, List<StreamEntry>>> streams =
        redis.await(client -> client.xread(params, from));
    return streams == null || streams.isEmpty() ? List.of() : streams.get(0).getValue();
  }

  private void apply(List<StreamEntry> changes) {
    Set<String> speakers = new LinkedHashSet<>();
    changes.forEach(change -> speakers.add(change.getFields().get("speaker")));
    Map<String, float @Nullable []> changed = new HashMap<>();
    registry
        .voiceprints(version, new ArrayList<>(speakers))
        .forEach(
            (speaker, voiceprint) ->
                changed.put(
                    speaker, voiceprint.filter(vector -> usable(speaker, vector)).orElse(null)));
    StreamEntry last = changes.get(changes.size() - 1);
    synchronized (this) {
      index.apply(changed, last.getID().toString());
      applied = last.getID();
      number = Long.parseLong(last.getFields().get("number"));
      notifyAll();
    }
  }

  private boolean usable(String speaker, float[] vector) {
    String defect =
        vector.length != index.dimension()
            ? "has " + vector.length + " floats; the model makes " + index.dimension()
            : UnitVectors.defect(vector).orElse("");
    if (!defect.isEmpty()) {
      LOG.error("The voiceprint in Redis is left out, speaker={} because it {}", speaker, defect);
    }
    return defect.isEmpty();
  }

  private void contact(boolean answered) {
    if (answered && !up) {
      awayLogged = false;
      LOG.info("Redis answers, modelVersion={} speakers={}", version, index.snapshot().size());
    }
    up = answered;
    if (answered) {
      contactNanos = System.nanoTime();
    }
  }

  private synchronized void pause() {
    long deadline = System.nanoTime() + RETRY.toNanos();
    while (!closed && System.nanoTime() < deadline) {
      waitFor(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
    }
  }

  @SuppressWarnings("WaitNotInLoop") // Its callers ask for their condition in a loop.
  private synchronized void waitFor(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException("Interrupted while waiting for the registry", e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(BLOCK_MS * 3L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
