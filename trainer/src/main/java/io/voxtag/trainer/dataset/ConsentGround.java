package io.voxtag.trainer.dataset;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * On what ground a recording may be used.
 *
 * @param basis in the words of the operator
 * @param reference where the proof is kept; null where none is named
 * @param givenAt when it was given
 */
public record ConsentGround(String basis, @Nullable String reference, Instant givenAt) {}
