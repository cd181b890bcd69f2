package io.voxtag.standalone.diarize;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.Pcm;
import io.voxtag.scoring.diarization.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A conversation made from recordings of single speakers: turns of 1 to 10 s, mostly short, with
 * pauses of 0.1 to 1 s between them; one turn in five begins 0.2 to 1 s before the last one ends.
 * Levels differ by up to 6 dB between speakers, and a faint noise lies over all.
 *
 * <p>Who speaks when is told from the level of the clean recordings alone, not by the detector that
 * is tested: frames within 30 dB of the louder ones, with pauses of up to 0.3 s filled.
 *
 * @param audio the mixture, 16 kHz
 * @param truth who speaks when
 */
record Conversation(Pcm audio, List<Segment> truth) {

  private static final int RATE = 16_000;
  private static final int FRAME = RATE / 100;
  private static final double NOISE = 1e-4;

  /** Somebody and what of their recordings was not used yet. */
  private static final class Voice {
    final String name;
    final List<float[]> recordings;
    final float gain;
    final double share;
    int used;

    Voice(Path folder, Random random) throws IOException {
      name = folder.getFileName().toString();
      recordings = new ArrayList<>();
      for (Path file : list(folder)) {
        recordings.add(AudioFiles.read(file).mono().resampled(RATE).samples());
      }
      Collections.shuffle(recordings, random);
      gain = (float) Math.pow(10, (random.nextDouble() * 6 - 3) / 20);
      share = 0.4 + random.nextDouble();
    }
  }

  /**
   * Makes one.
   *
   * @param folders one for each speaker
   * @param seconds how long it is at most; shorter where the recordings are used up
   */
  static Conversation make(List<Path> folders, int seconds, long seed) throws IOException {
    Random random = new Random(seed);
    List<Voice> voices = new ArrayList<>();
    for (Path folder : folders) {
      voices.add(new Voice(folder, random));
    }
    float[] mixture = new float[seconds * RATE];
    List<Segment> truth = new ArrayList<>();
    int at = RATE / 2;
    Voice last = null;
    while (true) {
      Voice voice = next(voices, last, random);
      if (voice == null) {
        break;
      }
      float[] recording = voice.recordings.get(0);
      int length = (int) (RATE * (1 + 9 * random.nextDouble() * random.nextDouble()));
      if (recording.length - voice.used - length < RATE) {
        length = recording.length - voice.used;
      }
      if (at + length > mixture.length) {
        break;
      }
      for (int i = 0; i < length; i++) {
        mixture[at + i] += voice.gain * recording[voice.used + i];
      }
      addTruth(truth, voice, recording, length, at);
      voice.used += length;
      if (voice.used >= recording.length) {
        voice.recordings.remove(0);
        voice.used = 0;
      }
      boolean overlap = random.nextDouble() < 0.2;
      double pause = overlap ? -0.2 - 0.8 * random.nextDouble() : 0.1 + 0.9 * random.nextDouble();
      at = Math.max(0, at + length + (int) (pause * RATE)) / FRAME * FRAME;
      last = voice;
    }
    float[] samples = Arrays.copyOf(mixture, Math.min(mixture.length, at + RATE));
    for (int i = 0; i < samples.length; i++) {
      samples[i] += (float) (NOISE * random.nextGaussian());
    }
    return new Conversation(new Pcm(samples, RATE), truth);
  }

  /** Somebody else than before, drawn by their shares; null where nobody has anything left. */
  private static @Nullable Voice next(List<Voice> voices, @Nullable Voice last, Random random) {
    List<Voice> left = voices.stream().filter(v -> v != last && !v.recordings.isEmpty()).toList();
    double drawn = random.nextDouble() * left.stream().mapToDouble(v -> v.share).sum();
    for (Voice voice : left) {
      drawn -= voice.share;
      if (drawn <= 0) {
        return voice;
      }
    }
    return null;
  }

  private static void addTruth(
      List<Segment> truth, Voice voice, float[] recording, int length, int at) {
    boolean[] loud = loud(recording);
    int from = voice.used / FRAME;
    int frame = 0;
    while (frame < length / FRAME) {
      int end = frame;
      while (end < length / FRAME && from + end < loud.length && loud[from + end]) {
        end++;
      }
      if (end > frame) {
        long startMs = 10L * (at / FRAME + frame);
        truth.add(new Segment(startMs, startMs + 10L * (end - frame), voice.name));
      }
      frame = end + 1;
    }
  }

  private static boolean[] loud(float[] samples) {
    double[] levels = new double[samples.length / FRAME];
    for (int k = 0; k < levels.length; k++) {
      double power = 1e-12;
      for (int i = k * FRAME; i < (k + 1) * FRAME; i++) {
        power += (double) samples[i] * samples[i] / FRAME;
      }
      levels[k] = 10 * Math.log10(power);
    }
    double[] sorted = levels.clone();
    Arrays.sort(sorted);
    double least = sorted[(int) (0.95 * (sorted.length - 1))] - 30;
    boolean[] loud = new boolean[levels.length];
    int last = Integer.MIN_VALUE / 2;
    for (int k = 0; k < loud.length; k++) {
      if (levels[k] > least) {
        Arrays.fill(loud, k - last <= 31 ? last : k, k + 1, true);
        last = k;
      }
    }
    return loud;
  }

  static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
