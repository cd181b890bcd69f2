package io.voxtag.matcher.shadow;

import io.voxtag.schemas.event.TagState;
import java.util.Locale;
import java.util.Objects;

/** How a statement of a version on its way differs from that of the version in service. */
enum ShadowOutcome {
  /** The same speaker, or the same state without one. */
  AGREE,
  /** Somebody is recognised in whom the version in service knows nobody. */
  UNKNOWN_TO_KNOWN,
  /** Nobody is recognised where the version in service knows somebody. */
  KNOWN_TO_UNKNOWN,
  /** Another speaker is recognised. */
  OTHER_SPEAKER,
  /** They differ otherwise. */
  DISAGREE;

  static ShadowOutcome of(Statement inService, Statement shadow) {
    boolean known = inService.state() == TagState.IDENTIFIED;
    boolean shadowKnows = shadow.state() == TagState.IDENTIFIED;
    if (known && shadowKnows) {
      return Objects.equals(inService.speaker(), shadow.speaker()) ? AGREE : OTHER_SPEAKER;
    }
    if (inService.state() == shadow.state()) {
      // Names of unknown voices are each version's own.
      return AGREE;
    }
    if (known && shadow.state() == TagState.UNKNOWN) {
      return KNOWN_TO_UNKNOWN;
    }
    if (shadowKnows && inService.state() == TagState.UNKNOWN) {
      return UNKNOWN_TO_KNOWN;
    }
    return DISAGREE;
  }

  /** As the value of a tag. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
