package io.voxtag.voiceprint.training;

import java.util.Optional;

/**
 * The end of an epoch.
 *
 * @param epoch from 1
 * @param step batches done
 * @param evaluation of the network at its end; empty without an evaluator
 * @param best whether no epoch before had a lower error rate
 */
public record EpochReport(
    long epoch, long step, Optional<Evaluator.Quality> evaluation, boolean best) {}
