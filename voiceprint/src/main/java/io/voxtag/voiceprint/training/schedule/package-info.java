/**
 * Learning rate and margin as functions of the training step. The doors are {@link
 * io.voxtag.voiceprint.training.schedule.RateMethod} and {@link
 * io.voxtag.voiceprint.training.schedule.MarginRamp}.
 */
@NullMarked
package io.voxtag.voiceprint.training.schedule;

import org.jspecify.annotations.NullMarked;
