/**
 * What is said of a voice: decisions window by window, the index of known voiceprints, thresholds,
 * and the error rates by which they are judged. Plain Java; no network, topic or store is known
 * here.
 */
@NullMarked
package io.voxtag.scoring;

import org.jspecify.annotations.NullMarked;
