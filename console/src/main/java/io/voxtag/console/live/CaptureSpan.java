package io.voxtag.console.live;

import java.time.Instant;

/**
 * When audio was captured.
 *
 * @param from not before this
 * @param to not after this
 */
public record CaptureSpan(Instant from, Instant to) {}
