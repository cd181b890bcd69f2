/**
 * The labelled recordings that the trainer may use: read from {@code labelled-utterances}, checked,
 * and kept on disk until their speaker is forgotten. Knows nothing of training.
 */
@NullMarked
package io.voxtag.trainer.dataset;

import org.jspecify.annotations.NullMarked;
