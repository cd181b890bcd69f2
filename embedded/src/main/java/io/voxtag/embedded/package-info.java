/** A real Kafka broker and a real Redis server under the control of this process. */
@NullMarked
package io.voxtag.embedded;

import org.jspecify.annotations.NullMarked;
