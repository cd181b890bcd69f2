/** RIFF WAVE: reads and writes linear PCM, IEEE float and G.711 data. Knows no other container. */
@NullMarked
package io.voxtag.audio.wav;

import org.jspecify.annotations.NullMarked;
