package io.voxtag.ingest.socket;

import java.time.Duration;

/**
 * What one connection may do.
 *
 * @param maxMessageBytes longest message
 * @param outstandingBytes how much of it may wait for Kafka before it is not read
 * @param bytesPerSecond how fast it is read at most
 * @param startTimeout how long it may take until a leg begins
 * @param idleTimeout how long it may show no sign of life
 */
public record SocketLimits(
    int maxMessageBytes,
    long outstandingBytes,
    int bytesPerSecond,
    Duration startTimeout,
    Duration idleTimeout) {}
