/**
 * Changes to training audio that make a network robust: noise, rooms, telephone channels, levels.
 * All are pure functions of the samples and a seeded generator.
 */
@NullMarked
package io.voxtag.voiceprint.training.augment;

import org.jspecify.annotations.NullMarked;
