/**
 * Windows a second through everything: a Voxtag in a process of its own, audio into its Kafka, tags
 * out of it, beside what its embedder alone would manage. Starts what {@code ./voxtag up} starts
 * and knows nothing of its inside.
 */
@NullMarked
package io.voxtag.bench.pipeline;

import org.jspecify.annotations.NullMarked;
