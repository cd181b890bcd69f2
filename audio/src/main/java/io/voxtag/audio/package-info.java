/**
 * Audio as values: PCM, containers, codecs, resampling, level and voice activity. Knows nothing of
 * Kafka or of networks.
 */
@NullMarked
package io.voxtag.audio;

import org.jspecify.annotations.NullMarked;
