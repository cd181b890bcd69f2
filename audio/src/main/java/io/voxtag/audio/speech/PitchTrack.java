package io.voxtag.audio.speech;

/**
 * Chooses one of the pitch candidates of each frame so that strong candidates, high ones and small
 * steps between frames are preferred together (Viterbi search, after Boersma, 1993).
 */
final class PitchTrack {

  static final int CANDIDATES = 4;

  /** What an octave higher is worth, in strength: a voice is periodic at twice its period too. */
  private static final float OCTAVE_GAIN = 0.04f;

  /** What a step of an octave costs between two wholly periodic frames. */
  private static final float STEP_COST = 0.4f;

  private static final double LOG_2 = Math.log(2);

  private final float[][] strength;
  private final float[][] hertz;
  private final float[][] octave;

  PitchTrack(int frames) {
    strength = new float[frames][CANDIDATES];
    hertz = new float[frames][CANDIDATES];
    octave = new float[frames][CANDIDATES];
  }

  /** Adds a candidate of {@code frame}, in place of its weakest one where there are too many. */
  void add(int frame, float candidateStrength, float candidateHertz) {
    float[] strengths = strength[frame];
    int weakest = 0;
    for (int c = 1; c < CANDIDATES; c++) {
      weakest = strengths[c] < strengths[weakest] ? c : weakest;
    }
    if (candidateStrength > strengths[weakest]) {
      strengths[weakest] = candidateStrength;
      hertz[frame][weakest] = candidateHertz;
    }
  }

  float strength(int frame, int candidate) {
    return strength[frame][candidate];
  }

  /** Hz; 0 where the candidate was never added. */
  float hertz(int frame, int candidate) {
    return hertz[frame][candidate];
  }

  /** The chosen candidate of each frame. */
  int[] best() {
    int frames = strength.length;
    findOctaves();
    int[][] before = new int[frames][CANDIDATES];
    float[] score = new float[CANDIDATES];
    for (int k = 0; k < frames; k++) {
      float[] next = new float[CANDIDATES];
      for (int c = 0; c < CANDIDATES; c++) {
        float highest = k == 0 ? 0 : Float.NEGATIVE_INFINITY;
        for (int p = 0; k > 0 && p < CANDIDATES; p++) {
          float from = score[p] - step(k, p, c);
          if (from > highest) {
            highest = from;
            before[k][c] = p;
          }
        }
        next[c] = highest + local(k, c);
      }
      score = next;
    }
    int[] chosen = new int[frames];
    int at = 0;
    for (int c = 1; c < CANDIDATES; c++) {
      at = score[c] > score[at] ? c : at;
    }
    for (int k = frames - 1; k >= 0; k--) {
      chosen[k] = at;
      at = before[k][at];
    }
    return chosen;
  }

  private void findOctaves() {
    for (int k = 0; k < octave.length; k++) {
      for (int c = 0; c < CANDIDATES; c++) {
        octave[k][c] = hertz[k][c] == 0 ? 0 : (float) (Math.log(hertz[k][c]) / LOG_2);
      }
    }
  }

  private float local(int frame, int candidate) {
    float s = strength[frame][candidate];
    return s == 0 ? -1 : s * (1 + OCTAVE_GAIN * octave[frame][candidate]);
  }

  private float step(int frame, int from, int to) {
    float periodic = Math.min(strength[frame - 1][from], strength[frame][to]);
    return STEP_COST * periodic * Math.abs(octave[frame][to] - octave[frame - 1][from]);
  }
}
