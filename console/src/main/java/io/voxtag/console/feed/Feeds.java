package io.voxtag.console.feed;

import io.voxtag.console.config.ConsoleSettings;
import io.voxtag.console.state.Calls;
import io.voxtag.console.state.ModelView;
import io.voxtag.console.state.Runs;
import io.voxtag.console.state.Speakers;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicReader.From;
import io.voxtag.schemas.lifecycle.ModelVersions;
import io.voxtag.schemas.lifecycle.ModelVersionsFollower;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * All that the page shows, kept up to date from the topics. Whoever listens is told of every change
 * after the state that it was given first. Thread-safe.
 */
public final class Feeds implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Feeds.class);

  private final Calls calls;
  private final Speakers speakers = new Speakers();
  private final Runs runs = new Runs();
  private final List<Consumer<Update>> listeners = new CopyOnWriteArrayList<>();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final TopicFeed<?> tags;
  private final ModelVersionsFollower versions;

  /** Starts to read. */
  public Feeds(ConsoleSettings settings, KafkaSettings kafka) {
    calls = new Calls(settings.calls(), settings.windows(), settings.keepEnded());
    versions =
        closedLater(
            new ModelVersionsFollower(kafka, now -> tell(new Update("models", ModelView.of(now)))));
    versions.start();
    closedLater(
        new TopicFeed<>(
            kafka,
            Topics.ENROLLMENT_RESULTS,
            From.BEGINNING,
            result -> {
              // What a version on its way makes of a recording decides nothing yet.
              if (!isUpcoming(result.getModelVersion())) {
                tell(() -> new Update("speaker", speakers.take(result)));
              }
            }));
    closedLater(
        new TopicFeed<>(
            kafka,
            Topics.TRAINING_EVENTS,
            From.BEGINNING,
            event -> tell(() -> new Update("run", runs.take(event)))));
    tags =
        closedLater(
            new TopicFeed<>(
                kafka,
                Topics.SPEAKER_TAGS,
                From.NOW,
                tag -> tell(() -> new Update("tag", calls.take(tag, System.currentTimeMillis())))));
  }

  private <T extends AutoCloseable> T closedLater(T part) {
    parts.push(part);
    return part;
  }

  private boolean isUpcoming(String version) {
    return versions.current().named(version).filter(ModelVersions::isUpcoming).isPresent();
  }

  /** Whether calls are followed. */
  public boolean isReading() {
    return tags.isReading();
  }

  /** The model versions as they are now. */
  public ModelVersions versions() {
    return versions.current();
  }

  /** The recordings of a speaker, accepted or not. */
  public Set<EnrollmentKey> recordings(String speaker) {
    return speakers.recordings(speaker);
  }

  /**
   * Tells a listener everything that is, and from then on what changes, one after the other.
   *
   * @param listener must be quick, and must not throw
   */
  public synchronized void listen(Consumer<Update> listener) {
    List<Update> now = new ArrayList<>();
    now.add(new Update("models", ModelView.of(versions.current())));
    speakers.all().forEach(speaker -> now.add(new Update("speaker", speaker)));
    runs.all().forEach(run -> now.add(new Update("run", run)));
    calls.all(System.currentTimeMillis()).forEach(tag -> now.add(new Update("tag", tag)));
    now.add(new Update("ready", List.of()));
    now.forEach(listener);
    listeners.add(listener);
  }

  /** From now on a listener is told nothing any more. */
  public void forget(Consumer<Update> listener) {
    listeners.remove(listener);
  }

  private synchronized void tell(Supplier<Update> change) {
    tell(change.get());
  }

  private synchronized void tell(Update update) {
    listeners.forEach(listener -> listener.accept(update));
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warnf("A part of the console did not close, reason=%s", e);
      }
    }
  }
}
