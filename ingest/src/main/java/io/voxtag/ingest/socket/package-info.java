/**
 * WebSockets on the HTTP server of Quarkus: frames to messages, back-pressure, signs of life. What
 * the messages mean is up to a {@link io.voxtag.ingest.socket.StreamProtocol}.
 */
@NullMarked
package io.voxtag.ingest.socket;

import org.jspecify.annotations.NullMarked;
