/**
 * Training data: lists of utterances, their decoding and a cache of it, and what crops are cut
 * from. How crops are chosen is not told here.
 */
@NullMarked
package io.voxtag.voiceprint.training.data;

import org.jspecify.annotations.NullMarked;
