package io.voxtag.matcher.model;

import io.voxtag.matcher.registry.RegistryConnection;
import io.voxtag.matcher.registry.RegistryFollower;
import io.voxtag.matcher.registry.RegistryFollower.CaughtUp;
import io.voxtag.schemas.Topics;
import io.voxtag.scoring.Decision;
import io.voxtag.scoring.SmoothedThresholdDecision;
import io.voxtag.scoring.VoiceprintIndex;
import io.voxtag.scoring.VoiceprintSnapshot;

/** A space whose voiceprints follow those in Redis. */
public final class FollowedSpace implements ModelSpace, AutoCloseable {

  private final ServedModel model;
  private final Decision<?> decision;
  private final RegistryFollower follower;

  /**
   * A space.
   *
   * @param follower of the model's version, which the space closes
   */
  public FollowedSpace(ServedModel model, RegistryFollower follower) {
    this.model = model;
    this.decision = new SmoothedThresholdDecision(model.decision());
    this.follower = follower;
  }

  /**
   * Begins to follow.
   *
   * @param redis stays the caller's to close, after the space
   */
  public static FollowedSpace follow(ServedModel model, RegistryConnection redis) {
    RegistryFollower follower =
        new RegistryFollower(
            redis,
            model.version(),
            new VoiceprintIndex(model.embeddingSize(), model.norm()),
            Topics.ENROLLMENT_EMBEDDINGS.partitions());
    follower.start();
    return new FollowedSpace(model, follower);
  }

  @Override
  public ServedModel model() {
    return model;
  }

  @Override
  public Decision<?> decision() {
    return decision;
  }

  @Override
  public VoiceprintSnapshot voiceprints() {
    return follower.voiceprints();
  }

  @Override
  public CaughtUp caughtUp() {
    return follower.caughtUp();
  }

  /** Whether the voiceprints were loaded for the first time. */
  boolean isLoaded() {
    return follower.isLoaded();
  }

  /** What keeps the voiceprints like those in Redis. */
  public RegistryFollower follower() {
    return follower;
  }

  /** Stops following. */
  @Override
  public void close() {
    follower.close();
  }
}
