package io.voxtag.embedder.model;

import io.voxtag.schemas.event.ModelVersion;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which versions failed to load and when to try again: after 1 s, then twice as long each time, at
 * most a minute. What is refused is not tried again before its record changes. For one thread.
 */
final class Attempts {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private record Attempt(ModelVersion record, @Nullable Duration pause, long due) {}

  private final Map<String, Attempt> failed = new HashMap<>();

  /** Whether the version is to be tried now. */
  boolean isDue(ModelVersion record, long now) {
    Attempt attempt = of(record);
    return attempt == null || (attempt.pause() != null && attempt.due() - now <= 0);
  }

  /** Nanoseconds until the version is to be tried again; {@link Long#MAX_VALUE} for never. */
  long wait(ModelVersion record, long now) {
    Attempt attempt = of(record);
    if (attempt == null) {
      return 0;
    }
    return attempt.pause() == null ? Long.MAX_VALUE : Math.max(0, attempt.due() - now);
  }

  /** It failed for now. */
  Duration failed(ModelVersion record, long now) {
    Attempt before = of(record);
    Duration pause =
        before == null || before.pause() == null ? FIRST : before.pause().multipliedBy(2);
    Duration next = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    failed.put(record.getVersion(), new Attempt(record, next, now + next.toNanos()));
    return next;
  }

  /** It is not to be tried again. */
  void refused(ModelVersion record) {
    failed.put(record.getVersion(), new Attempt(record, null, 0));
  }

  /** It is in memory. */
  void succeeded(String version) {
    failed.remove(version);
  }

  /** Forgets all others. */
  void keep(Collection<String> versions) {
    failed.keySet().retainAll(versions);
  }

  private @Nullable Attempt of(ModelVersion record) {
    Attempt attempt = failed.get(record.getVersion());
    return attempt != null && attempt.record().equals(record) ? attempt : null;
  }
}
