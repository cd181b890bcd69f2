/** What of the other services can be seen from Kafka. */
@NullMarked
package io.voxtag.console.health;

import org.jspecify.annotations.NullMarked;
