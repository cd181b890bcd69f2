/**
 * How records become bytes and back: {@link io.voxtag.schemas.serde.EventSerdes} is the door. Avro
 * single-object encoding without a registry, Apicurio's format with one. Nothing here talks to
 * Kafka.
 */
@NullMarked
package io.voxtag.schemas.serde;

import org.jspecify.annotations.NullMarked;
