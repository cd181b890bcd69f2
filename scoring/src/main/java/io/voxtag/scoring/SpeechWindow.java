package io.voxtag.scoring;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one window of a leg.
 *
 * @param index number of the window in its leg, from 0
 * @param startMs start on the clock of the leg, milliseconds
 * @param endMs end on the clock of the leg, milliseconds
 * @param netSpeechMs speech inside it, milliseconds
 * @param snrDb speech power to noise power, dB; NaN where there is no speech
 * @param vector the voice, of unit length; null where there is too little speech
 */
@SuppressWarnings(
    "ArrayRecordComponent") // The vector goes through unchanged; windows are not compared.
public record SpeechWindow(
    long index,
    long startMs,
    long endMs,
    int netSpeechMs,
    float snrDb,
    float @Nullable [] vector) {}
