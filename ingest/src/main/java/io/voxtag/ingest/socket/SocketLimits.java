package io.voxtag.ingest.socket;

import java.time.Duration;

/**
 * What one connection may do.
 *
 * @param maxMessageBytes longest message
 * @param outstandingBytes how much of it may wait for Kafka before it is not read
 * @param idleTimeout how long it may show no sign of life
 */
public record SocketLimits(int maxMessageBytes, long outstandingBytes, Duration idleTimeout) {}
