/** The calls that go on now, as far as tags tell of them, within bounds. No Kafka, no HTTP. */
@NullMarked
package io.voxtag.console.live;

import org.jspecify.annotations.NullMarked;
