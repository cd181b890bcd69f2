package io.voxtag.ingest.client;

/**
 * What the server says has been stored.
 *
 * @param samples of audio
 * @param chunks records in {@code call-audio}
 */
public record StreamEnded(long samples, long chunks) {}
