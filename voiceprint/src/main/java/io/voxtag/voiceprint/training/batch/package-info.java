/**
 * Which crops make up which batch, and the threads that make batches ahead of their use. Batch
 * number n is the same in every run of a configuration.
 */
@NullMarked
package io.voxtag.voiceprint.training.batch;

import org.jspecify.annotations.NullMarked;
