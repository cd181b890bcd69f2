/**
 * Layers over frames arranged for inference: frames are rows and channels columns, so that a
 * convolution is one matrix product. No training.
 */
@NullMarked
package io.voxtag.voiceprint.network.rows;

import org.jspecify.annotations.NullMarked;
