package io.voxtag.console.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voxtag.schemas.event.TrainingEvent;
import org.jspecify.annotations.Nullable;

/**
 * How far a training run was at a moment.
 *
 * @param id the request
 * @param phase where it stood
 * @param epoch epochs finished
 * @param epochs in all; 0 where not known
 * @param loss mean since the moment before
 * @param accuracy from 0 to 1
 * @param samplesPerSecond its speed
 * @param remainingMs estimated time left, ms
 * @param eer equal error rate so far, from 0 to 1
 * @param model version that it makes
 * @param detail the reason of an end
 * @param at when, ms since the epoch
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunView(
    String id,
    String phase,
    int epoch,
    int epochs,
    @Nullable Double loss,
    @Nullable Double accuracy,
    @Nullable Double samplesPerSecond,
    @Nullable Long remainingMs,
    @Nullable Double eer,
    @Nullable String model,
    @Nullable String detail,
    long at) {

  static RunView of(TrainingEvent event) {
    return new RunView(
        event.getRequestId(),
        event.getPhase().name(),
        event.getEpoch(),
        event.getEpochs(),
        finite(event.getLoss()),
        finite(event.getAccuracy()),
        finite(event.getSamplesPerSecond()),
        event.getRemainingMs(),
        finite(event.getEer()),
        event.getModelVersion(),
        event.getDetail(),
        event.getAt().toEpochMilli());
  }

  private static @Nullable Double finite(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? null : value;
  }
}
