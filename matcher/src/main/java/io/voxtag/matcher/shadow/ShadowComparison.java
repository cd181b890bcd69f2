package io.voxtag.matcher.shadow;

import io.voxtag.matcher.model.ModelSpace;
import io.voxtag.matcher.model.ModelSpaces;
import io.voxtag.matcher.streams.UnusableRecordException;
import io.voxtag.matcher.tagging.EmbeddingChecks;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.event.TagState;
import io.voxtag.scoring.Ruling;
import io.voxtag.scoring.SpeechWindow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides windows under the versions that are on their way, each in its own space and with its own
 * state of the leg, and compares that with the tag of the same window. Of what has no counterpart
 * yet it remembers the latest. Belongs to one thread.
 */
public final class ShadowComparison {

  private static final int MOST_WINDOWS = 50_000;
  private static final int MOST_LEGS = 10_000;

  private final ModelSpaces models;
  private final BiConsumer<String, String> counter;
  private final Map<Leg, ShadowLeg<?>> legs = new BoundedMap<>(MOST_LEGS);
  private final Map<Window, Statement> tags = new BoundedMap<>(MOST_WINDOWS);
  private final Map<Window, Map<String, Statement>> waiting = new BoundedMap<>(MOST_WINDOWS);

  private record Window(String callId, int channel, String streamId, long index) {}

  private record Leg(String model, String callId, int channel, String streamId) {}

  /**
   * A comparison of which nothing is known yet.
   *
   * @param counter told the model version and the outcome of every comparison
   */
  public ShadowComparison(ModelSpaces models, BiConsumer<String, String> counter) {
    this.models = models;
    this.counter = counter;
  }

  /**
   * A window under a version on its way. One that is not loaded here, or serves already, is passed
   * over.
   *
   * @throws UnusableRecordException if the record must not be scored
   */
  void embedding(@Nullable String key, @Nullable SpeechEmbedding record) {
    SpeechEmbedding embedding = EmbeddingChecks.checked(key, record);
    String version = embedding.getModelVersion();
    Optional<ModelSpace> space = models.find(version);
    if (space.isEmpty() || models.mayHaveServed(version)) {
      return;
    }
    SpeechWindow window = EmbeddingChecks.window(embedding, space.get().model());
    Leg id =
        new Leg(version, embedding.getCallId(), embedding.getChannel(), embedding.getStreamId());
    ShadowLeg<?> leg = legs.computeIfAbsent(id, first -> ShadowLeg.under(space.get()));
    if (leg.hasHeard(window.index())) {
      return;
    }
    Ruling ruling = leg.decide(window, space.get());
    if (embedding.getLast()) {
      legs.remove(id);
    }
    if (window.vector() != null) {
      said(
          new Window(
              embedding.getCallId(),
              embedding.getChannel(),
              embedding.getStreamId(),
              window.index()),
          new Statement(version, TagState.valueOf(ruling.state().name()), ruling.speaker()));
    }
  }

  private void said(Window window, Statement statement) {
    Statement tag = tags.get(window);
    if (tag == null) {
      waiting.computeIfAbsent(window, first -> new HashMap<>()).put(statement.model(), statement);
    } else {
      compare(tag, statement);
    }
  }

  /** A tag that was published. */
  void tag(SpeakerTag tag) {
    Window window =
        new Window(tag.getCallId(), tag.getChannel(), tag.getStreamId(), tag.getWindowIndex());
    Statement statement = new Statement(tag.getModelVersion(), tag.getState(), tag.getSpeakerId());
    tags.put(window, statement);
    Map<String, Statement> shadows = waiting.remove(window);
    if (shadows != null) {
      shadows.values().forEach(shadow -> compare(statement, shadow));
    }
  }

  private void compare(Statement inService, Statement shadow) {
    // The version was promoted meanwhile: there is nothing to compare it with.
    if (!inService.model().equals(shadow.model())) {
      counter.accept(shadow.model(), ShadowOutcome.of(inService, shadow).label());
    }
  }

  /** Forgets everything, as other windows will follow. */
  void clear() {
    legs.clear();
    tags.clear();
    waiting.clear();
  }
}
