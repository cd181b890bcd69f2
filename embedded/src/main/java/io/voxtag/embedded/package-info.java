/**
 * A real Kafka broker and a real Redis server under the control of this process, with data that
 * survives restarts and kills. Knows nothing of Voxtag's topics or services.
 */
@NullMarked
package io.voxtag.embedded;

import org.jspecify.annotations.NullMarked;
