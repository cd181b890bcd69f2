package io.voxtag.embedder.leg;

/**
 * Where a successor begins.
 *
 * @param offset the first record that it needs
 * @param metadata what it must know beyond the records; goes into the metadata of the commit
 */
public record Checkpoint(long offset, String metadata) {}
