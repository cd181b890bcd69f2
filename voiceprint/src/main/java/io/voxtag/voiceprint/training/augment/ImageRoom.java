package io.voxtag.voiceprint.training.augment;

import java.util.SplittableRandom;

/**
 * The impulse response of a box with a speaker and a microphone in it. Early reflections come from
 * mirror images of the speaker in the walls (Allen and Berkley: "Image method for efficiently
 * simulating small-room acoustics", 1979), with negative reflection coefficients, which avoid a
 * surplus of low frequencies; the rest is noise with the energy and decay that the images would
 * have (Lehmann and Johansson: "Diffuse reverberation model for efficient image-source simulation
 * of room impulse responses", 2010). The walls absorb what the reverberation time asks for
 * (Eyring).
 */
final class ImageRoom {
  private static final double SOUND = 343;
  private static final double EARLY_SECONDS = 0.06;
  private static final double NEAREST_WALL = 0.4;
  private static final double NEAREST_SPEAKER = 0.2;

  /** Natural logarithm of 60 dB of energy. */
  private static final double SIXTY_DB = 6 * Math.log(10);

  private final double[] size;
  private final double[] speaker;
  private final double[] microphone;
  private final double rt60;

  /**
   * @param rt60 reverberation time, s
   */
  ImageRoom(double rt60, SplittableRandom random) {
    this.rt60 = rt60;
    size =
        new double[] {
          3 + 7 * random.nextDouble(), 2.5 + 5.5 * random.nextDouble(), 2.4 + random.nextDouble()
        };
    speaker = place(random);
    double[] other = place(random);
    while (distance(speaker, other) < NEAREST_SPEAKER) {
      other = place(random);
    }
    microphone = other;
  }

  private double[] place(SplittableRandom random) {
    double[] at = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      at[axis] = NEAREST_WALL + (size[axis] - 2 * NEAREST_WALL) * random.nextDouble();
    }
    return at;
  }

  private static double distance(double[] a, double[] b) {
    double square = 0;
    for (int axis = 0; axis < 3; axis++) {
      square += (a[axis] - b[axis]) * (a[axis] - b[axis]);
    }
    return Math.sqrt(square);
  }

  /** The response; the direct sound is 1 and comes at once. */
  float[] response(int sampleRate, SplittableRandom random) {
    double direct = distance(speaker, microphone);
    float[] response = new float[Math.max(1, (int) (rt60 * sampleRate))];
    int early = (int) Math.min(response.length, EARLY_SECONDS * sampleRate);
    addImages(response, early, direct, sampleRate);
    double volume = size[0] * size[1] * size[2];
    double density = 4 * Math.PI * SOUND * direct * direct / volume / sampleRate;
    for (int i = early; i < response.length; i++) {
      double time = direct / SOUND + i / (double) sampleRate;
      double energy = density * Math.exp(-SIXTY_DB * time / rt60);
      // Even noise has a third of its peak's power.
      response[i] = (float) (Math.sqrt(3 * energy) * (2 * random.nextDouble() - 1));
    }
    return response;
  }

  private void addImages(float[] response, int early, double direct, int sampleRate) {
    double[][] images = new double[3][];
    double reach = direct + SOUND * early / sampleRate;
    int[] rooms = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      rooms[axis] = (int) Math.ceil(reach / (2 * size[axis])) + 1;
      images[axis] = offsets(axis, rooms[axis]);
    }
    double reflection = -Math.sqrt(energyKept());
    for (int x = 0; x < images[0].length; x++) {
      for (int y = 0; y < images[1].length; y++) {
        double flat = square(images[0][x]) + square(images[1][y]);
        if (flat > reach * reach) {
          continue;
        }
        for (int z = 0; z < images[2].length; z++) {
          double distance = Math.sqrt(flat + square(images[2][z]));
          int at = (int) Math.round((distance - direct) / SOUND * sampleRate);
          if (at < early) {
            int bounces = bounces(x, rooms[0]) + bounces(y, rooms[1]) + bounces(z, rooms[2]);
            response[at] += (float) (direct / distance * Math.pow(reflection, bounces));
          }
        }
      }
    }
  }

  /** From the microphone to the images along an axis: mirrored and not, room by room. */
  private double[] offsets(int axis, int rooms) {
    double[] offsets = new double[2 * (2 * rooms + 1)];
    for (int i = 0; i < offsets.length; i++) {
      int room = i / 2 - rooms;
      double mirrored = i % 2 == 0 ? speaker[axis] : -speaker[axis];
      offsets[i] = mirrored + 2 * room * size[axis] - microphone[axis];
    }
    return offsets;
  }

  private static int bounces(int index, int rooms) {
    int room = index / 2 - rooms;
    return Math.abs(room - index % 2) + Math.abs(room);
  }

  /** Share of the energy that a wall reflects. */
  private double energyKept() {
    double surface = 2 * (size[0] * size[1] + size[0] * size[2] + size[1] * size[2]);
    double bouncesPerSecond = SOUND * surface / (4 * size[0] * size[1] * size[2]);
    return Math.exp(-SIXTY_DB / rt60 / bouncesPerSecond);
  }

  private static double square(double value) {
    return value * value;
  }
}
