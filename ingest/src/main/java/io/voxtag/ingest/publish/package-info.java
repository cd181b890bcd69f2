/**
 * Chunks into {@code call-audio}: the producer, its readiness and the metrics. Knows nothing of
 * sockets.
 */
@NullMarked
package io.voxtag.ingest.publish;

import org.jspecify.annotations.NullMarked;
