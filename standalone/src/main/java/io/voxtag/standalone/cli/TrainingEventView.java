package io.voxtag.standalone.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voxtag.schemas.event.TrainingEvent;
import org.jspecify.annotations.Nullable;

/** An event of a training as JSON; what is not known is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrainingEventView(
    String requestId,
    String phase,
    int epoch,
    int epochs,
    @Nullable Double loss,
    @Nullable Double accuracy,
    @Nullable Double samplesPerSecond,
    @Nullable Long remainingMs,
    @Nullable Double eer,
    @Nullable String modelVersion,
    @Nullable String detail,
    String at) {

  static TrainingEventView of(TrainingEvent event) {
    return new TrainingEventView(
        event.getRequestId(),
        event.getPhase().name(),
        event.getEpoch(),
        event.getEpochs(),
        event.getLoss(),
        event.getAccuracy(),
        event.getSamplesPerSecond(),
        event.getRemainingMs(),
        event.getEer(),
        event.getModelVersion(),
        event.getDetail(),
        event.getAt().toString());
  }
}
