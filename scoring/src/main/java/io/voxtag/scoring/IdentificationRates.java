package io.voxtag.scoring;

/**
 * What a threshold does to searches in a gallery of enrolled speakers.
 *
 * @param threshold score that the best match has to exceed
 * @param fnir false-negative identification rate: share of searches for an enrolled voice that do
 *     not end with its speaker, 0 to 1
 * @param fpir false-positive identification rate: share of searches for a voice that is not
 *     enrolled that end with somebody, 0 to 1
 */
public record IdentificationRates(double threshold, double fnir, double fpir) {}
