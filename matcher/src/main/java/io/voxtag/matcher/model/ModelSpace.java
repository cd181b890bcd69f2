package io.voxtag.matcher.model;

import io.voxtag.matcher.registry.RegistryFollower.CaughtUp;
import io.voxtag.scoring.Decision;
import io.voxtag.scoring.VoiceprintSnapshot;

/**
 * A model version with the voiceprints that were made with it. Vectors are only ever compared
 * inside of one. Thread-safe.
 */
public interface ModelSpace {

  /** The model. */
  ServedModel model();

  /** How its scores become statements about a leg. */
  Decision<?> decision();

  /** The voiceprints as they are known now. */
  VoiceprintSnapshot voiceprints();

  /**
   * Voiceprints that hold every change that Redis had when this was called.
   *
   * @throws io.voxtag.matcher.registry.RegistryUnavailableException if Redis fails
   */
  CaughtUp caughtUp();
}
