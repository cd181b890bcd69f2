/**
 * Acoustic features as tensor operators, batched and on whatever device the samples are: Kaldi
 * filter banks, mel spectrogram, spectrogram and MFCC. The door is {@link
 * io.voxtag.voiceprint.feature.FeatureExtractor} and its {@link
 * io.voxtag.voiceprint.feature.FeatureMethod}s; nothing here is learnt.
 */
@NullMarked
package io.voxtag.voiceprint.feature;

import org.jspecify.annotations.NullMarked;
