/**
 * MPEG-1, MPEG-2 and MPEG-2.5 layer III files. The decoder itself is JLayer; framing, gapless
 * trimming and refusals are done here.
 */
@NullMarked
package io.voxtag.audio.mp3;

import org.jspecify.annotations.NullMarked;
