/**
 * Whether a new model may replace the one in service: both answer the same trials, and the rules of
 * the gate say what difference is allowed. Knows nothing of Kafka.
 */
@NullMarked
package io.voxtag.trainer.judge;

import org.jspecify.annotations.NullMarked;
