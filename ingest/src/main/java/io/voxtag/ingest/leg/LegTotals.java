package io.voxtag.ingest.leg;

/**
 * What was stored of a leg.
 *
 * @param samples without those that were missing
 * @param chunks including the one that only says that the leg is over
 */
public record LegTotals(long samples, long chunks) {}
