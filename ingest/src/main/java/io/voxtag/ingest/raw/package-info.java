/**
 * The protocol of raw audio: one leg a connection, its address and format in the URL, samples in
 * binary messages.
 */
@NullMarked
package io.voxtag.ingest.raw;

import org.jspecify.annotations.NullMarked;
