package io.voxtag.console.live;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.event.TagState;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Windows of a leg that follow each other and say the same. Windows overlap, so that each stands
 * for what it adds: from the end of the one before to its own end.
 *
 * @param number of the stretch in its leg, from 0
 * @param fromMs where it begins on the clock of the leg, milliseconds
 * @param toMs where it ends
 * @param state what is said of it
 * @param stage how firm that is
 * @param speakerId who speaks, or unknown-N; null where nobody is told
 * @param posterior mean probability that this is right, from 0 to 1; null where none is given
 * @param score score of the last window; null where nothing was scored
 * @param windows how many windows it is made of
 * @param capturedAt when its last sample was captured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Stretch(
    int number,
    long fromMs,
    long toMs,
    TagState state,
    TagStage stage,
    @Nullable String speakerId,
    @Nullable Float posterior,
    @Nullable Float score,
    int windows,
    @JsonIgnore Instant capturedAt) {

  static Stretch of(SpeakerTag tag, int number, long fromMs) {
    return new Stretch(
        number,
        fromMs,
        tag.getEndMs(),
        tag.getState(),
        tag.getStage(),
        tag.getSpeakerId(),
        tag.getPosterior(),
        tag.getScore(),
        1,
        tag.getCapturedAt());
  }

  /** Whether a tag says the same and goes on where this ends. */
  boolean goesOnWith(SpeakerTag tag) {
    return tag.getStartMs() <= toMs
        && tag.getState() == state
        && tag.getStage() == stage
        && Objects.equals(tag.getSpeakerId(), speakerId);
  }

  Stretch with(SpeakerTag tag) {
    return new Stretch(
        number,
        fromMs,
        tag.getEndMs(),
        state,
        stage,
        speakerId,
        mean(tag.getPosterior()),
        tag.getScore(),
        windows + 1,
        tag.getCapturedAt());
  }

  private @Nullable Float mean(@Nullable Float next) {
    if (posterior == null || next == null) {
      return next;
    }
    return posterior + (next - posterior) / (windows + 1);
  }
}
