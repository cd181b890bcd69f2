/** Learning rate and margin as functions of the training step. */
@NullMarked
package io.voxtag.voiceprint.training.schedule;

import org.jspecify.annotations.NullMarked;
