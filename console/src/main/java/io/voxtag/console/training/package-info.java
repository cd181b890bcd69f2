/** Runs of the trainer, from its events, and asking it for another. */
@NullMarked
package io.voxtag.console.training;

import org.jspecify.annotations.NullMarked;
