package io.voxtag.console.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training as the page sees it.
 *
 * @param phase of the last event
 * @param startedAt time of the first event, milliseconds since the epoch
 * @param at time of the last event
 * @param epoch epochs finished
 * @param epochs epochs in all; 0 where not known
 * @param finished whether nothing more comes
 * @param curve what was measured on the way
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunView(
    String requestId,
    String phase,
    long startedAt,
    long at,
    int epoch,
    int epochs,
    boolean finished,
    @Nullable Double samplesPerSecond,
    @Nullable Long remainingMs,
    @Nullable String modelVersion,
    @Nullable String detail,
    List<Point> curve) {

  /**
   * A point of the curves.
   *
   * @param at time, milliseconds since the epoch
   * @param loss mean training loss since the point before
   * @param accuracy share of samples classified rightly, from 0 to 1
   * @param eer equal error rate, from 0 to 1
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Point(
      long at, int epoch, @Nullable Double loss, @Nullable Double accuracy, @Nullable Double eer) {}
}
