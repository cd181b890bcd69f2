/** Stretches of calls as audio, read from Kafka when somebody wants to hear or to name one. */
@NullMarked
package io.voxtag.console.hearing;

import org.jspecify.annotations.NullMarked;
