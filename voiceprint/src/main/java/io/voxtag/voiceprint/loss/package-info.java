/**
 * Classifiers and losses that shape the embedding space in training. Not used by a finished model.
 * The doors are {@link io.voxtag.voiceprint.loss.LossMethod} and {@link
 * io.voxtag.voiceprint.loss.Classifier}.
 */
@NullMarked
package io.voxtag.voiceprint.loss;

import org.jspecify.annotations.NullMarked;
