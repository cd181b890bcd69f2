package io.voxtag.matcher;

import io.voxtag.matcher.model.ModelSpace;
import io.voxtag.matcher.model.ServedModel;
import io.voxtag.matcher.registry.RegistryFollower.CaughtUp;
import io.voxtag.scoring.Decision;
import io.voxtag.scoring.SmoothedThresholdDecision;
import io.voxtag.scoring.VoiceprintIndex;
import io.voxtag.scoring.VoiceprintSnapshot;

/** A space whose voiceprints a test sets. */
public record IndexedSpace(ServedModel model, VoiceprintIndex index) implements ModelSpace {

  /** An empty one of a version that decides like the test model. */
  public static IndexedSpace of(String version) {
    return new IndexedSpace(
        new ServedModel(version, TestEvents.DIMENSION, TestEvents.MODEL.decision()),
        new VoiceprintIndex(TestEvents.DIMENSION));
  }

  @Override
  public Decision<?> decision() {
    return new SmoothedThresholdDecision(model.decision());
  }

  @Override
  public VoiceprintSnapshot voiceprints() {
    return index.snapshot();
  }

  @Override
  public CaughtUp caughtUp() {
    return new CaughtUp("0-0", index.snapshot());
  }
}
