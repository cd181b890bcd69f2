/**
 * Audio as values: recordings read from files, G.711 and Opus payloads, resampling, level and voice
 * activity. This package is the module's door; the container formats live in the packages below it.
 * Knows nothing of Kafka or of networks.
 */
@NullMarked
package io.voxtag.audio;

import org.jspecify.annotations.NullMarked;
