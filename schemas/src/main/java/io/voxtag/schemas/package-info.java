/**
 * What the services share: topic names and keys, serdes, and how a client finds its broker. The
 * Avro records themselves are generated into {@code io.voxtag.schemas.event}.
 */
@NullMarked
package io.voxtag.schemas;

import org.jspecify.annotations.NullMarked;
