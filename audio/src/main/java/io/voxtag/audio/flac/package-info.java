/**
 * FLAC as of RFC 9639: a decoder that checks every checksum, and an encoder. Knows no other
 * container.
 */
@NullMarked
package io.voxtag.audio.flac;

import org.jspecify.annotations.NullMarked;
