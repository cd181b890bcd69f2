/**
 * Features that are computed once, ahead of training: their extraction from recordings, the folder
 * that holds them, and clips of them. How they are computed is not told here.
 */
@NullMarked
package io.voxtag.voiceprint.training.features;

import org.jspecify.annotations.NullMarked;
