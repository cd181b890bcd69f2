package io.voxtag.trainer.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A training run, as it lies on disk.
 *
 * @param requestId chosen by whoever asked for it
 * @param number runs are worked off by rising numbers
 * @param phase where it stands
 * @param config training configuration as YAML; null for the default one
 * @param baseVersion model version to start from; null for random weights, or the version in
 *     service where {@code config} is null, too
 * @param since only labelled utterances recorded since then are used; null for all
 * @param requestedAt when it was asked for
 * @param version name that its model gets
 * @param detail the reason in words where it was rejected or failed
 * @param told whether others know of this phase
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Run(
    String requestId,
    long number,
    RunPhase phase,
    @Nullable String config,
    @Nullable String baseVersion,
    @Nullable Instant since,
    Instant requestedAt,
    String version,
    @Nullable String detail,
    boolean told) {

  /** The same in another phase, which nobody knows of yet. */
  public Run in(RunPhase next, @Nullable String reason) {
    return new Run(
        requestId, number, next, config, baseVersion, since, requestedAt, version, reason, false);
  }

  /** The same, with others knowing where it stands. */
  public Run told(boolean known) {
    return new Run(
        requestId, number, phase, config, baseVersion, since, requestedAt, version, detail, known);
  }
}
