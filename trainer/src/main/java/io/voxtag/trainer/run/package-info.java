/**
 * Training runs: what was asked for, kept on disk so that a killed trainer goes on with it, and the
 * training itself, from recordings to a network. Knows nothing of Kafka.
 */
@NullMarked
package io.voxtag.trainer.run;

import org.jspecify.annotations.NullMarked;
