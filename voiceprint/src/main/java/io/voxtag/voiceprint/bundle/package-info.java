/**
 * Model bundles: a folder or zip of {@code model.json}, {@code weights.safetensors} and, where
 * scores are normalised, {@code cohort.safetensors}, read without running anything from it and
 * refused with a reason where a single byte is wrong. Networks do not live here: a bundle names one
 * and holds its tensors.
 */
@NullMarked
package io.voxtag.voiceprint.bundle;

import org.jspecify.annotations.NullMarked;
