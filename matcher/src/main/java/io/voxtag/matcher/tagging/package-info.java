/**
 * From {@code speech-embeddings} to {@code speaker-tags}: one leg at a time, each window once. How
 * a leg is decided is not here, nor where the voiceprints come from.
 */
@NullMarked
package io.voxtag.matcher.tagging;

import org.jspecify.annotations.NullMarked;
