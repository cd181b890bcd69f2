/**
 * From the chunks of a partition to the windows of its legs: order, gaps, decoding, the clock at 16
 * kHz, idle legs, and the checkpoint from which a successor makes the same windows again.
 * Everything here is decided by the records alone. Knows nothing of consumers, models or threads.
 */
@NullMarked
package io.voxtag.embedder.leg;

import org.jspecify.annotations.NullMarked;
