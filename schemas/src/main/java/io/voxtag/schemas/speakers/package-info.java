/**
 * Writing what concerns speakers: recordings to know them by, recordings to train on, and the wish
 * to erase either.
 */
@NullMarked
package io.voxtag.schemas.speakers;

import org.jspecify.annotations.NullMarked;
