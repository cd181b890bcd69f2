package io.voxtag.voiceprint.training.features;

import io.voxtag.voiceprint.bundle.BundleException;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.Safetensors;
import io.voxtag.voiceprint.bundle.TensorData;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The features of one recording as a safetensors file: a tensor {@code features}, float32, [frames,
 * bins], and in the metadata how many {@code samples} they are of.
 *
 * @param frames at least 1
 * @param samples of the recording, as far as it was used
 * @param offset of the first value in the file, bytes
 */
record FeatureFile(int frames, long samples, long offset) {
  private static final String TENSOR = "features";
  private static final String SAMPLES = "samples";

  /** Writes frames, one after the other. */
  static void write(Path file, float[] values, int bins, long samples) throws IOException {
    TensorData tensor = TensorData.of(TENSOR, values, values.length / bins, bins);
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
      Safetensors.write(out, List.of(tensor), Map.of(SAMPLES, Long.toString(samples)));
    }
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Looks at what a file says of itself; the values are not read.
   *
   * @param bins that it must have
   * @throws FeatureFileException if it has no such features
   */
  static FeatureFile open(Path file, int bins) throws IOException {
    Safetensors read;
    try {
      read = Safetensors.read(file);
    } catch (NoSuchFileException e) {
      throw new FeatureFileException(file, "no such file", e);
    } catch (BundleException e) {
      throw new FeatureFileException(file, "no features: " + e.getMessage(), e);
    }
    TensorData tensor = read.tensors().get(TENSOR);
    if (tensor == null || read.tensors().size() > 1) {
      throw new FeatureFileException(
          file,
          "has the tensors %s but must have one, features".formatted(read.tensors().keySet()));
    }
    long[] shape = tensor.shape();
    if (tensor.dtype() != DType.F32 || shape.length != 2 || shape[0] < 1 || shape[1] != bins) {
      throw new FeatureFileException(
          file,
          "has features of type %s and shape %s but must have F32 and [frames, %d]"
              .formatted(tensor.dtype(), Arrays.toString(shape), bins));
    }
    long bytes = (long) tensor.size() * Float.BYTES;
    return new FeatureFile((int) shape[0], samples(file, read), Files.size(file) - bytes);
  }

  private static long samples(Path file, Safetensors read) throws FeatureFileException {
    String text = read.metadata().getOrDefault(SAMPLES, "");
    if (!text.matches("[1-9][0-9]{0,11}")) {
      throw new FeatureFileException(
          file, "says '%s' for its number of samples but must say a number".formatted(text));
    }
    return Long.parseLong(text);
  }
}
