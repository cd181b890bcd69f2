package io.voxtag.scoring.diarization;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made voices: unit vectors around random directions. */
final class Voices {

  private final Random random;
  private final int dimension;
  private final List<float[]> directions = new ArrayList<>();

  Voices(long seed, int dimension) {
    this.random = new Random(seed);
    this.dimension = dimension;
  }

  /** Who speaks in each of so many windows; turns have 3 to 12 windows, everybody has some. */
  int[] turns(int speakers, int windows) {
    int[] turns = new int[windows];
    int at = 0;
    int turn = 0;
    while (at < windows) {
      int length = 3 + random.nextInt(10);
      int speaker = turn < speakers ? turn : random.nextInt(speakers);
      for (int i = at; i < Math.min(windows, at + length); i++) {
        turns[i] = speaker;
      }
      at += length;
      turn++;
    }
    return turns;
  }

  /** A vector for each; the noise is as long as {@code spread} times the voice. */
  List<float[]> vectors(int[] speakers, double spread) {
    List<float[]> vectors = new ArrayList<>();
    for (int speaker : speakers) {
      while (directions.size() <= speaker) {
        directions.add(noisy(new float[dimension], 1));
      }
      vectors.add(noisy(directions.get(speaker), spread));
    }
    return vectors;
  }

  /** Windows one behind the other without pauses, 0.5 s each. */
  static List<SpeechPiece> pieces(int count) {
    List<SpeechPiece> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.add(new SpeechPiece(50 * i, 50 * i + 150, 50 * i + 50, 50 * i + 100, 0));
    }
    return pieces;
  }

  private float[] noisy(float[] direction, double spread) {
    float[] vector = direction.clone();
    double squares = 0;
    for (int d = 0; d < dimension; d++) {
      vector[d] += (float) (spread * random.nextGaussian() / Math.sqrt(dimension));
      squares += vector[d] * vector[d];
    }
    for (int d = 0; d < dimension; d++) {
      vector[d] /= (float) Math.sqrt(squares);
    }
    return vector;
  }
}
