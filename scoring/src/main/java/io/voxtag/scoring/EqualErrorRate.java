package io.voxtag.scoring;

/**
 * Where misses and false alarms are equally frequent.
 *
 * @param rate the error rate, 0 to 1
 * @param threshold the score at or below which trials are rejected there
 */
public record EqualErrorRate(double rate, double threshold) {}
