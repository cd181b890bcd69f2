package io.voxtag.scoring;

/**
 * Where a value lies with some confidence.
 *
 * @param low lower bound
 * @param high upper bound
 */
public record Interval(double low, double high) {}
