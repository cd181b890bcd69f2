/**
 * Classifiers and losses that shape the embedding space in training. Not used by a finished model.
 */
@NullMarked
package io.voxtag.voiceprint.loss;

import org.jspecify.annotations.NullMarked;
