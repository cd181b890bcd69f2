package io.voxtag.embedder.leg;

/**
 * What a successor must know of a leg beyond its records.
 *
 * @param fingerprint of the leg's key
 * @param offset the record to begin with; earlier ones of the leg are of no use
 * @param next the leg's next sample before that record
 * @param window the first window to make
 */
record LegState(long fingerprint, long offset, long next, long window) {}
