/** The configuration of the trainer. */
@NullMarked
package io.voxtag.trainer.config;

import org.jspecify.annotations.NullMarked;
