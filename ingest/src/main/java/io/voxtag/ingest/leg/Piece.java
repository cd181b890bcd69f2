package io.voxtag.ingest.leg;

import java.nio.ByteBuffer;

/**
 * Coded audio of one chunk.
 *
 * @param startSample position of its first sample on the clock of the leg
 * @param samples how many there are
 */
record Piece(long startSample, long samples, ByteBuffer payload) {}
