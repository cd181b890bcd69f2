/**
 * Opus packets (RFC 6716) in and out, by way of Concentus, with its many ways to fail turned into
 * one. Knows no container.
 */
@NullMarked
package io.voxtag.audio.opus;

import org.jspecify.annotations.NullMarked;
