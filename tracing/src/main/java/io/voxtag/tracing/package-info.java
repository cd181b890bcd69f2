/**
 * Follows single windows of speech from the socket through Kafka to the tag, with OpenTelemetry.
 * Off by default; where on, only a share of the windows is followed.
 */
@NullMarked
package io.voxtag.tracing;

import org.jspecify.annotations.NullMarked;
