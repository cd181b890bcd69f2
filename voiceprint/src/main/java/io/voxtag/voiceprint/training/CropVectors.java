package io.voxtag.voiceprint.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.training.augment.Augmenter;
import io.voxtag.voiceprint.training.batch.BatchSampler;
import io.voxtag.voiceprint.training.batch.TrainingClips;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sends crops of the training audio through a network, to fit something to what comes out. */
final class CropVectors {
  private static final int BATCH = 32;
  private static final int MOST_CROPS_OF_A_CLIP = 12;

  private final TrainingClips clips;
  private final BatchSampler sampler;
  private final @Nullable Augmenter augmenter;
  private final NetworkInput input;
  private final NDManager manager;
  private final int size;

  /**
   * Vectors and their classes.
   *
   * @param vectors all equally long
   * @param labels a class a vector
   * @param paths of the recordings in the training list, one a vector
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Labelled(List<float[]> vectors, int[] labels, List<String> paths) {

    /** The mean of the vectors of recordings whose paths begin so; empty if none does. */
    Optional<float[]> mean(String start) {
      return CropVectors.mean(
          IntStream.range(0, vectors.size())
              .filter(i -> paths.get(i).startsWith(start))
              .mapToObj(vectors::get)
              .toList());
    }
  }

  /**
   * Makes a source of vectors.
   *
   * @param size values in a crop
   */
  CropVectors(
      TrainingClips clips,
      BatchSampler sampler,
      @Nullable Augmenter augmenter,
      NetworkInput input,
      NDManager manager,
      int size) {
    this.clips = clips;
    this.sampler = sampler;
    this.augmenter = augmenter;
    this.input = input;
    this.manager = manager;
    this.size = size;
  }

  /**
   * Sends batches of changed crops through a network for what that does to the network.
   *
   * @param network [batch, frames, bins] to anything
   */
  void warm(int batches, UnaryOperator<NDArray> network, SplittableRandom random) {
    for (int batch = 0; batch < batches; batch++) {
      BatchSampler.Rows rows = sampler.batch(batch);
      List<float[]> crops = new ArrayList<>();
      for (int i = 0; i < Math.min(BATCH, rows.size()); i++) {
        float[] crop = new float[size];
        clips.crop(rows.clip(i, random), crop, random);
        crops.add(changed(crop, random));
      }
      vectors(crops, network);
    }
  }

  /**
   * Sends crops of all recordings through a network, more of the longer ones. Clean and changed
   * crops come in turn: the spread inside a speaker is then that of channels.
   *
   * @param network [batch, frames, bins] to [batch, values]
   */
  Labelled of(int passes, UnaryOperator<NDArray> network, SplittableRandom random) {
    Batches batches = new Batches(network);
    List<Integer> labels = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    for (int pass = 0; pass < passes; pass++) {
      for (int clip = 0; clip < clips.size(); clip++) {
        long count = crops(clip);
        for (int i = 0; i < count; i++) {
          float[] crop = crop(clip, random);
          batches.add((pass + i) % 2 == 0 ? crop : changed(crop, random));
          labels.add(clips.label(clip));
          paths.add(clips.path(clip));
        }
      }
    }
    return new Labelled(
        batches.vectors(), labels.stream().mapToInt(Integer::intValue).toArray(), paths);
  }

  /**
   * Sends unchanged crops of some recordings through a network.
   *
   * @param start of the paths of these recordings in the training list
   * @param network [batch, frames, bins] to [batch, values]
   * @return the mean; empty if no path begins so
   */
  Optional<float[]> mean(String start, UnaryOperator<NDArray> network, SplittableRandom random) {
    Batches batches = new Batches(network);
    for (int clip = 0; clip < clips.size(); clip++) {
      long count = clips.path(clip).startsWith(start) ? crops(clip) : 0;
      for (int i = 0; i < count; i++) {
        batches.add(crop(clip, random));
      }
    }
    return mean(batches.vectors());
  }

  private static Optional<float[]> mean(List<float[]> vectors) {
    return vectors.isEmpty()
        ? Optional.empty()
        : Optional.of(Discriminant.toFloats(Discriminant.mean(vectors)));
  }

  /**
   * What to throw where a configuration names recordings that there are not.
   *
   * @param said key and start of a path
   */
  static IllegalArgumentException noPath(String said) {
    return new IllegalArgumentException(
        said + " but no path of the training list that is used begins so");
  }

  private long crops(int clip) {
    return Math.max(1, Math.min(MOST_CROPS_OF_A_CLIP, clips.size(clip) / size));
  }

  private float[] crop(int clip, SplittableRandom random) {
    float[] crop = new float[size];
    clips.crop(clip, crop, random);
    return crop;
  }

  private float[] changed(float[] crop, SplittableRandom random) {
    return augmenter == null ? crop : augmenter.apply(crop, random.split());
  }

  private List<float[]> vectors(List<float[]> crops, UnaryOperator<NDArray> network) {
    float[] flat = new float[crops.size() * size];
    for (int i = 0; i < crops.size(); i++) {
      System.arraycopy(crops.get(i), 0, flat, i * size, size);
    }
    try (NDManager scratch = manager.newSubManager()) {
      float[] values = network.apply(input.ofCrops(scratch, flat, crops.size())).toFloatArray();
      int length = values.length / crops.size();
      List<float[]> rows = new ArrayList<>();
      for (int i = 0; i < crops.size(); i++) {
        rows.add(Arrays.copyOfRange(values, i * length, (i + 1) * length));
      }
      return rows;
    }
  }

  /** Crops that go through a network together. */
  private final class Batches {
    private final UnaryOperator<NDArray> network;
    private final List<float[]> waiting = new ArrayList<>();
    private final List<float[]> done = new ArrayList<>();

    Batches(UnaryOperator<NDArray> network) {
      this.network = network;
    }

    void add(float[] crop) {
      waiting.add(crop);
      if (waiting.size() == BATCH) {
        send();
      }
    }

    /** A vector for each crop, in their order. */
    List<float[]> vectors() {
      if (!waiting.isEmpty()) {
        send();
      }
      return done;
    }

    private void send() {
      done.addAll(CropVectors.this.vectors(waiting, network));
      waiting.clear();
    }
  }
}
