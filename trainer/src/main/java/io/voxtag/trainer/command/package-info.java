/** From {@code training-commands} to runs, and from runs to {@code training-events}. */
@NullMarked
package io.voxtag.trainer.command;

import org.jspecify.annotations.NullMarked;
