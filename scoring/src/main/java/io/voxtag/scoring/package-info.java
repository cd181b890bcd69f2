/**
 * Decisions about speakers in plain Java: scores, thresholds and error rates. Knows neither tensors
 * nor topics.
 */
@NullMarked
package io.voxtag.scoring;

import org.jspecify.annotations.NullMarked;
