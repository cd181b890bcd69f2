/**
 * The training loop: replicas of the network on devices, checkpoints, evaluation and export. {@code
 * config} has the configuration, {@code data} the audio, {@code batch} the batches, {@code augment}
 * what changes them, {@code optim} the optimisers, {@code curves} what is written down of a run.
 * Services that only use a model never need it; the command line and the trainer do.
 */
@NullMarked
package io.voxtag.voiceprint.training;

import org.jspecify.annotations.NullMarked;
