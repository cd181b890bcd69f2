package io.voxtag.voiceprint;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.bundle.TensorData;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.feature.FeatureMethod;
import io.voxtag.voiceprint.network.Architecture;
import io.voxtag.voiceprint.network.InferencePlan;
import io.voxtag.voiceprint.network.StateDict;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A finished model: from windows of speech to unit vectors whose inner products say how alike two
 * voices are. Thread-safe; calls may run at the same time and share the weights.
 *
 * <pre>{@code
 * try (SpeakerModel model = SpeakerModel.load(Path.of("models/starter"), DeviceChoice.AUTO)) {
 *   float[][] vectors = model.embed(List.of(first, second));
 * }
 * }</pre>
 */
public final class SpeakerModel implements AutoCloseable {
  /** Bounds the memory of a call; larger batches are no faster on a CPU. */
  private static final int MAX_BATCH_SECONDS = 96;

  private final ModelManifest manifest;
  private final NDManager manager;
  private final InferencePlan plan;
  private final FeatureExtractor features;

  private SpeakerModel(ModelBundle bundle, Device device) throws IncompatibleModelException {
    manifest = bundle.manifest();
    Block network;
    try {
      features = FeatureMethod.of(manifest.features().method()).create(manifest.features().args());
      Map<String, Object> arguments = new LinkedHashMap<>(manifest.architecture().args());
      arguments.put("input_size", features.bins());
      network = Architecture.of(manifest.architecture().name()).create(arguments);
      // Before any memory is taken: a few words in a manifest can ask for a very large network.
      requireFit(network, bundle.tensors());
    } catch (IllegalArgumentException e) {
      throw new IncompatibleModelException(manifest.version(), e.getMessage(), e);
    }
    manager = NDManager.newBaseManager(device);
    // The plan has its own copies of the weights.
    try (NDManager weights = manager.newSubManager()) {
      Shape input = new Shape(1, 100, features.bins());
      network.freezeParameters(true);
      network.initialize(weights, DataType.FLOAT32, input);
      network.freezeParameters(true);
      check(network.getOutputShapes(new Shape[] {input})[0].get(1) == manifest.embeddingSize());
      fill(network, bundle.tensors());
      plan = InferencePlan.of(network, manager);
    } catch (IncompatibleModelException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * Loads a bundle, checking every digest.
   *
   * @param bundle a directory or a zip file
   * @throws io.voxtag.voiceprint.bundle.BundleException if the bundle is damaged, foreign or
   *     oversized
   * @throws IncompatibleModelException if it asks for what this version does not have, or its
   *     weights do not fit its architecture
   */
  public static SpeakerModel load(Path bundle, DeviceChoice device) throws IOException {
    return load(ModelBundle.open(bundle), device);
  }

  /** Loads a bundle that is open already. */
  public static SpeakerModel load(ModelBundle bundle, DeviceChoice device)
      throws IncompatibleModelException {
    return new SpeakerModel(bundle, device.resolve());
  }

  private void check(boolean sizeFits) throws IncompatibleModelException {
    if (!sizeFits) {
      throw new IncompatibleModelException(
          manifest.version(),
          "embeddingSize " + manifest.embeddingSize() + " is not what its network gives",
          null);
    }
  }

  private void requireFit(Block network, Map<String, TensorData> tensors)
      throws IncompatibleModelException {
    Map<String, Parameter> parameters = StateDict.of(network);
    if (!parameters.keySet().equals(tensors.keySet())) {
      List<String> missing = new ArrayList<>(parameters.keySet());
      missing.removeAll(tensors.keySet());
      List<String> unknown = new ArrayList<>(tensors.keySet());
      unknown.removeAll(parameters.keySet());
      throw new IncompatibleModelException(
          manifest.version(),
          "its weights lack " + missing + " and have " + unknown + " besides",
          null);
    }
    for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
      TensorData tensor = tensors.get(entry.getKey());
      Shape shape = entry.getValue().getShape();
      if (!Arrays.equals(tensor.shape(), shape.getShape())) {
        throw new IncompatibleModelException(
            manifest.version(),
            entry.getKey()
                + " has shape "
                + Arrays.toString(tensor.shape())
                + " but its network"
                + " needs "
                + shape,
            null);
      }
    }
  }

  private static void fill(Block network, Map<String, TensorData> tensors) {
    StateDict.of(network)
        .forEach(
            (name, parameter) ->
                parameter.getArray().set(FloatBuffer.wrap(tensors.get(name).toFloats())));
  }

  /** What the bundle says of itself. */
  public ModelManifest manifest() {
    return manifest;
  }

  /** Values in a vector. */
  public int embeddingSize() {
    return manifest.embeddingSize();
  }

  /** The fewest samples that a window may have. */
  public int minSamples() {
    return features.minSamples();
  }

  /** Whether the weights are on a GPU. */
  public boolean onGpu() {
    return manager.getDevice().isGpu();
  }

  /**
   * Embeds windows. Those of equal length share a batch.
   *
   * @param windows samples in [-1, 1] at the manifest's rate, each at least {@link #minSamples()}
   * @return unit vectors, in the order of the windows
   * @throws IllegalArgumentException if a window is too short or has a sample that is not finite
   */
  public float[][] embed(List<float[]> windows) {
    Map<Integer, List<Integer>> byLength = new LinkedHashMap<>();
    for (int i = 0; i < windows.size(); i++) {
      float[] window = windows.get(i);
      if (window.length < minSamples()) {
        throw new IllegalArgumentException(
            "window " + i + " has " + window.length + " samples but needs " + minSamples());
      }
      byLength.computeIfAbsent(window.length, length -> new ArrayList<>()).add(i);
    }
    float[][] vectors = new float[windows.size()][];
    byLength.forEach(
        (length, indices) -> {
          int most = (int) Math.max(1, (long) MAX_BATCH_SECONDS * manifest.sampleRate() / length);
          for (int from = 0; from < indices.size(); from += most) {
            List<Integer> part = indices.subList(from, Math.min(from + most, indices.size()));
            embedBatch(windows, part, length, vectors);
          }
        });
    return vectors;
  }

  private void embedBatch(
      List<float[]> windows, List<Integer> indices, int length, float[][] vectors) {
    float[] samples = new float[indices.size() * length];
    for (int row = 0; row < indices.size(); row++) {
      System.arraycopy(windows.get(indices.get(row)), 0, samples, row * length, length);
    }
    int size = manifest.embeddingSize();
    try (NDManager scratch = manager.newSubManager()) {
      NDArray waveforms = scratch.create(samples, new Shape(indices.size(), length));
      NDArray embeddings = embed(waveforms);
      float[] values = embeddings.toFloatArray();
      for (int row = 0; row < indices.size(); row++) {
        float[] vector = Arrays.copyOfRange(values, row * size, (row + 1) * size);
        for (float value : vector) {
          if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(
                "window " + indices.get(row) + " has samples that are not finite numbers");
          }
        }
        vectors[indices.get(row)] = vector;
      }
    }
  }

  /** [batch, samples] to unit vectors [batch, embedding]; the caller owns the arrays' manager. */
  private NDArray embed(NDArray waveforms) {
    NDArray frames = features.extract(waveforms);
    NDArray taken = plan.takesLevels() ? frames : FeatureExtractor.withoutMean(frames);
    return plan.embed(taken).normalize(2, 1);
  }

  @Override
  public void close() {
    manager.close();
  }
}
