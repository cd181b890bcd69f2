/**
 * Changes to training audio that make a network robust: speed, noise, rooms, telephone channels,
 * levels, and masks of features. All are pure functions of their input and a seeded generator.
 */
@NullMarked
package io.voxtag.voiceprint.training.augment;

import org.jspecify.annotations.NullMarked;
