package io.voxtag.voiceprint.bundle;

import io.voxtag.voiceprint.bundle.BundleException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The voices of strangers that scores are normalised with, as a bundle holds them: one float32
 * tensor {@code cohort} of shape [voices, embedding], each row of unit length.
 */
final class CohortFile {
  private static final String TENSOR = "cohort";
  private static final int LEAST = 2;
  private static final int MOST = 10_000;
  private static final double LENGTH_TOLERANCE = 1e-3;

  private CohortFile() {}

  /**
   * The file of these voices.
   *
   * @throws IllegalArgumentException if they are not what {@link #read} takes
   */
  static byte[] write(List<float[]> cohort, int embeddingSize) throws IOException {
    float[] values = new float[Math.multiplyExact(cohort.size(), embeddingSize)];
    for (int row = 0; row < cohort.size(); row++) {
      float[] voice = cohort.get(row);
      if (voice.length != embeddingSize) {
        throw new IllegalArgumentException(
            "voice %d of the cohort has %d values, not %d"
                .formatted(row, voice.length, embeddingSize));
      }
      System.arraycopy(voice, 0, values, row * embeddingSize, embeddingSize);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(
        out, List.of(TensorData.of(TENSOR, values, cohort.size(), embeddingSize)), Map.of());
    byte[] file = out.toByteArray();
    try {
      // A cohort that could not be read again must not be written.
      read(file, BundleFiles.COHORT, embeddingSize);
    } catch (BundleException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return file;
  }

  /**
   * The voices in a file.
   *
   * @param source what a message calls it
   * @throws BundleException if it holds anything else
   */
  static List<float[]> read(byte[] file, String source, int embeddingSize) throws BundleException {
    Map<String, TensorData> tensors = Safetensors.read(ByteBuffer.wrap(file), source).tensors();
    TensorData tensor = tensors.get(TENSOR);
    if (tensor == null || tensors.size() != 1 || tensor.dtype() != DType.F32) {
      throw refuse(source, "has %s; it must have one F32 tensor '%s'", tensors.values(), TENSOR);
    }
    long[] shape = tensor.shape();
    if (shape.length != 2 || shape[0] < LEAST || shape[0] > MOST || shape[1] != embeddingSize) {
      throw refuse(
          source,
          "tensor has shape %s; it must be [%d to %d, %d]",
          Arrays.toString(shape),
          LEAST,
          MOST,
          embeddingSize);
    }
    float[] values = tensor.toFloats();
    List<float[]> voices = new ArrayList<>();
    for (int row = 0; row < shape[0]; row++) {
      float[] voice = Arrays.copyOfRange(values, row * embeddingSize, (row + 1) * embeddingSize);
      requireUnit(voice, row, source);
      voices.add(voice);
    }
    return List.copyOf(voices);
  }

  private static void requireUnit(float[] voice, int row, String source) throws BundleException {
    double squares = 0;
    for (float value : voice) {
      squares += (double) value * value;
    }
    double length = Math.sqrt(squares);
    // Written so that a length that is no number is refused too.
    if (!(Math.abs(length - 1) <= LENGTH_TOLERANCE)) {
      throw refuse(source, "voice %d has length %s; it must be 1", row, length);
    }
  }

  private static BundleException refuse(String source, String format, Object... values) {
    return new BundleException(Reason.INVALID, source, format.formatted(values));
  }
}
