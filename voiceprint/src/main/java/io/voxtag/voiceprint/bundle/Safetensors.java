package io.voxtag.voiceprint.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of tensors in the safetensors format: an eight-byte little-endian length, a JSON header of
 * that length with type, shape and place of each tensor, and their elements without gaps.
 * Immutable.
 *
 * @param metadata free text of the header
 * @param tensors by name, in the order of the header
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public record Safetensors(Map<String, String> metadata, Map<String, TensorData> tensors) {
  private static final int LENGTH_BYTES = 8;

  public Safetensors {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Reads a file through memory mapping, so it must not be changed while the tensors are in use.
   *
   * @throws BundleException if the file breaks a rule of the format
   * @throws IOException if the file cannot be read
   */
  public static Safetensors read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new BundleException(
            BundleException.Reason.OVERSIZED,
            file.toString(),
            "has " + channel.size() + " bytes; at most " + Integer.MAX_VALUE + " are read");
      }
      return read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), file.toString());
    }
  }

  /**
   * Reads a buffer from its position to its limit; the tensors are views of it.
   *
   * @param source what a message calls the file
   * @throws BundleException if the content breaks a rule of the format
   */
  public static Safetensors read(ByteBuffer file, String source) throws BundleException {
    return new SafetensorsReader(file, source).read();
  }

  /**
   * Writes tensors so that each starts at a multiple of its element size.
   *
   * @throws IllegalArgumentException if two tensors have the same name
   */
  public static void write(
      OutputStream out, Collection<TensorData> tensors, Map<String, String> metadata)
      throws IOException {
    List<TensorData> ordered = new ArrayList<>(tensors);
    ordered.sort(Comparator.comparingInt(t -> -t.dtype().bytes()));
    byte[] header = header(ordered, metadata);
    out.write(
        ByteBuffer.allocate(LENGTH_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
    for (TensorData tensor : ordered) {
      byte[] bytes = new byte[tensor.data().remaining()];
      tensor.data().get(bytes);
      out.write(bytes);
    }
  }

  private static byte[] header(List<TensorData> tensors, Map<String, String> metadata) {
    ObjectNode header = StrictJson.MAPPER.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = header.putObject(SafetensorsReader.METADATA);
      metadata.forEach(texts::put);
    }
    long offset = 0;
    for (TensorData tensor : tensors) {
      if (header.has(tensor.name()) || tensor.name().equals(SafetensorsReader.METADATA)) {
        throw new IllegalArgumentException("tensor name '" + tensor.name() + "' is taken");
      }
      ObjectNode entry = header.putObject(tensor.name());
      entry.put("dtype", tensor.dtype().name());
      ArrayNode shape = entry.putArray("shape");
      for (long dimension : tensor.shape()) {
        shape.add(dimension);
      }
      long end = offset + tensor.data().remaining();
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    String json = header.toString();
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    int padding = Math.floorMod(-length, LENGTH_BYTES);
    return (json + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
  }
}
