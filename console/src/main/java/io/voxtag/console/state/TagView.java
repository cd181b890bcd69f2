package io.voxtag.console.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voxtag.schemas.event.SpeakerTag;
import org.jspecify.annotations.Nullable;

/**
 * A window of a leg as the page draws it.
 *
 * @param call its call
 * @param leg its channel
 * @param stream the run of the leg
 * @param index number of the window
 * @param startMs start on the clock of the leg, ms
 * @param endMs end on the clock of the leg, ms
 * @param state IDENTIFIED, UNKNOWN, INSUFFICIENT_SPEECH or OVERLAP
 * @param stage PROVISIONAL, CONFIRMED or REVISED
 * @param speaker who, as far as is known
 * @param score of the best candidate, on the scale of the model
 * @param model version of the model
 * @param latencyMs from the capture of the last sample to the tag
 * @param capturedAt when the last sample was captured, ms since the epoch
 * @param last whether it ends the leg
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TagView(
    String call,
    int leg,
    String stream,
    long index,
    long startMs,
    long endMs,
    String state,
    String stage,
    @Nullable String speaker,
    @Nullable Float score,
    String model,
    long latencyMs,
    long capturedAt,
    boolean last) {

  static TagView of(SpeakerTag tag) {
    return new TagView(
        tag.getCallId(),
        tag.getChannel(),
        tag.getStreamId(),
        tag.getWindowIndex(),
        tag.getStartMs(),
        tag.getEndMs(),
        tag.getState().name(),
        tag.getStage().name(),
        tag.getSpeakerId(),
        tag.getScore() == null || !Float.isFinite(tag.getScore()) ? null : tag.getScore(),
        tag.getModelVersion(),
        tag.getLatencyMs(),
        tag.getCapturedAt().toEpochMilli(),
        tag.getLast());
  }
}
