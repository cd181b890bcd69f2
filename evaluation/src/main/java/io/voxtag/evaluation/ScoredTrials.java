package io.voxtag.evaluation;

import io.voxtag.scoring.VerificationMetrics;
import java.util.Optional;

/**
 * Trials with their scores.
 *
 * @param cosines error rates of the cosines
 * @param normalised error rates of the normalised scores; empty where there is no cohort
 * @param leftOut trials of recordings with too little speech
 * @param effort what it took
 */
public record ScoredTrials(
    VerificationMetrics cosines,
    Optional<VerificationMetrics> normalised,
    long leftOut,
    Effort effort) {}
