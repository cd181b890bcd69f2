/**
 * What voice activity is decided from: frames, spectra, pitch, the noise floor, and the joining of
 * frames to stretches of speech. Works on one window at a time and keeps nothing between calls.
 */
@NullMarked
package io.voxtag.audio.speech;

import org.jspecify.annotations.NullMarked;
