package io.voxtag.audio;

/**
 * Where there is speech.
 *
 * @param netSpeechMs length of all speech frames, ms
 * @param snrDb speech over noise, dB, from -10 to 60; -10 where there is no speech
 * @param speech one flag for each whole frame of 10 ms
 */
@SuppressWarnings("ArrayRecordComponent") // made for the caller alone
public record SpeechActivity(int netSpeechMs, float snrDb, boolean[] speech) {

  /** Length of a frame, ms. */
  public static final int FRAME_MS = 10;

  /** Whether any frame is speech. */
  public boolean hasSpeech() {
    return netSpeechMs > 0;
  }
}
