/**
 * Who spoke when in a recording, with names for known voices: from audio to turns, and the turns as
 * RTTM and as a picture. How windows are grouped is decided in {@code scoring}.
 */
@NullMarked
package io.voxtag.standalone.diarize;

import org.jspecify.annotations.NullMarked;
