package io.voxtag.voiceprint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values that PyTorch computed, from the test resources or, with {@code -Dvoxtag.reference=DIR},
 * from another folder of the same layout.
 */
public final class Reference implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final NDManager manager = NDManager.newBaseManager();
  private final Map<String, NDArray> tensors = new LinkedHashMap<>();
  private final JsonNode metadata;

  public Reference(String name) {
    try {
      byte[] bytes = read(name + ".safetensors");
      int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
      metadata =
          JSON.readTree(new String(bytes, 8, header, StandardCharsets.UTF_8)).path("__metadata__");
      NDList list = NDList.decode(manager, bytes);
      list.forEach(array -> tensors.put(array.getName(), array));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] read(String file) throws IOException {
    String directory = System.getProperty("voxtag.reference");
    if (directory != null) {
      return Files.readAllBytes(Path.of(directory, file));
    }
    try (InputStream in = Reference.class.getResourceAsStream("/reference/" + file)) {
      return java.util.Objects.requireNonNull(in, file).readAllBytes();
    }
  }

  public NDManager manager() {
    return manager;
  }

  public NDArray get(String name) {
    NDArray array = tensors.get(name);
    assertThat(array).as(name).isNotNull();
    return array;
  }

  /** The tensors whose names start with a prefix, without it. */
  public Map<String, NDArray> under(String prefix) {
    Map<String, NDArray> result = new LinkedHashMap<>();
    tensors.forEach(
        (name, array) -> {
          if (name.startsWith(prefix)) {
            result.put(name.substring(prefix.length()), array);
          }
        });
    return result;
  }

  /** The metadata value of a key. */
  public String metadata(String key) {
    return metadata.path(key).asText();
  }

  /** The metadata value of a key that is itself JSON. */
  public Map<String, Object> arguments(String key) {
    try {
      return JSON.readValue(
          metadata(key),
          new com.fasterxml.jackson.core.type.TypeReference<Map<String, Object>>() {});
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * A method and its arguments, where the metadata value of a key is {@code {"method": ..., "args":
   * {...}}}.
   */
  public Call call(String key) {
    try {
      return JSON.readValue(metadata(key), Call.class);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** See {@link #call}. */
  public record Call(String method, Map<String, Object> args) {}

  /** Norm of the difference over the norm of the expected values. */
  public static double relativeError(NDArray actual, NDArray expected) {
    assertThat(actual.getShape()).isEqualTo(expected.getShape());
    float[] a = actual.toFloatArray();
    float[] e = expected.toFloatArray();
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < a.length; i++) {
      difference += ((double) a[i] - e[i]) * ((double) a[i] - e[i]);
      norm += (double) e[i] * e[i];
    }
    return norm == 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
  }

  public static void assertClose(NDArray actual, NDArray expected, double tolerance) {
    assertThat(relativeError(actual, expected)).isLessThanOrEqualTo(tolerance);
  }

  /** Where a network's reference names are a class and a list of arguments. */
  public static List<String> ecapaPoolings() {
    return List.of("asp", "sap", "tap", "tsp");
  }

  @Override
  public void close() {
    manager.close();
  }
}
