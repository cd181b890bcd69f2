package io.voxtag.matcher.tagging;

import io.voxtag.matcher.model.ModelSpace;
import io.voxtag.matcher.model.ServedModel;
import io.voxtag.matcher.registry.RegistryFollower.CaughtUp;
import io.voxtag.scoring.Decision;
import io.voxtag.scoring.SmoothedThresholdDecision;
import io.voxtag.scoring.VoiceprintIndex;
import io.voxtag.scoring.VoiceprintSnapshot;

/** A space whose voiceprints a test sets. */
record IndexedSpace(ServedModel model, VoiceprintIndex index) implements ModelSpace {

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
