/** Speaker-embedding models: from 16 kHz samples to unit vectors. Knows nothing of Kafka. */
@NullMarked
package io.voxtag.voiceprint;

import org.jspecify.annotations.NullMarked;
