/**
 * From {@code call-audio} to {@code speech-embeddings}: poll loops, checkpoints, flow control, and
 * the way of a window through speech detection, batches and the producer. Legs and windows
 * themselves are made in {@code leg}.
 */
@NullMarked
package io.voxtag.embedder.stream;

import org.jspecify.annotations.NullMarked;
