/**
 * One run of a leg, whatever it came through: what may be streamed, how it is cut into chunks, what
 * waits for Kafka, and how streams end. Knows neither WebSocket nor Kafka clients.
 */
@NullMarked
package io.voxtag.ingest.leg;

import org.jspecify.annotations.NullMarked;
