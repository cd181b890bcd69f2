package io.voxtag.matcher.shadow;

import io.voxtag.matcher.model.ModelSpace;
import io.voxtag.scoring.Decision;
import io.voxtag.scoring.Decision.Verdict;
import io.voxtag.scoring.Ruling;
import io.voxtag.scoring.SpeechWindow;

/** A leg as a version on its way hears it. Belongs to one thread. */
final class ShadowLeg<S> {

  private final Decision<S> decision;
  private S state;
  private long last = -1;

  private ShadowLeg(Decision<S> decision) {
    this.decision = decision;
    this.state = decision.start();
  }

  static ShadowLeg<?> under(ModelSpace space) {
    return of(space.decision());
  }

  private static <S> ShadowLeg<S> of(Decision<S> decision) {
    return new ShadowLeg<>(decision);
  }

  boolean hasHeard(long index) {
    return index <= last;
  }

  Ruling decide(SpeechWindow window, ModelSpace space) {
    Verdict<S> verdict = decision.decide(window, space.voiceprints(), state);
    state = verdict.state();
    last = window.index();
    return verdict.ruling();
  }
}
