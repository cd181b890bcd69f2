/**
 * Training data: lists of utterances, a cache of decoded audio, and the sampling of crops. Decodes
 * each file once.
 */
@NullMarked
package io.voxtag.voiceprint.training.data;

import org.jspecify.annotations.NullMarked;
