/**
 * The training loop: data, augmentation, optimiser, schedules and checkpoints. Services that only
 * use a model never need it; the command line and the trainer do.
 */
@NullMarked
package io.voxtag.voiceprint.training;

import org.jspecify.annotations.NullMarked;
