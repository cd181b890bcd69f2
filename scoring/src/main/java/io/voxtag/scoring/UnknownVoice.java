package io.voxtag.scoring;

/**
 * A voice of a leg that is nobody's who is enrolled.
 *
 * @param number its number in the leg, from 1
 * @param voice its mean
 * @param windows how many windows were heard
 * @param lastWindow index of the last one
 */
@SuppressWarnings("ArrayRecordComponent") // Never changed and never compared.
record UnknownVoice(int number, float[] voice, int windows, long lastWindow) {

  private static final int SLOWEST = 20;

  String name() {
    return "unknown-" + number;
  }

  UnknownVoice with(float[] vector, long window) {
    int count = windows + 1;
    return new UnknownVoice(
        number, Turn.blend(voice, vector, 1.0 / Math.min(count, SLOWEST)), count, window);
  }
}
