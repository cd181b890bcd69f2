package io.voxtag.voiceprint.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.voiceprint.bundle.BundleException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one file, trusting nothing that its header says. */
final class SafetensorsReader {
  static final String METADATA = "__metadata__";

  private static final int LENGTH_BYTES = 8;
  private static final int MAX_HEADER_BYTES = 8 << 20;
  private static final int MAX_DIMENSIONS = 8;
  private static final int MAX_TENSORS = 1 << 16;
  private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");

  private record Entry(String name, DType dtype, long[] shape, long begin, long end) {}

  private final ByteBuffer file;
  private final String source;

  SafetensorsReader(ByteBuffer file, String source) {
    this.file = file.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.source = source;
  }

  Safetensors read() throws BundleException {
    ByteBuffer header = header();
    ByteBuffer data = file.slice(LENGTH_BYTES + header.remaining(), dataBytes(header));
    ObjectNode json = StrictJson.object(header, source);
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (field.getKey().equals(METADATA)) {
        metadata.putAll(metadata(field.getValue()));
      } else {
        entries.add(entry(field.getKey(), field.getValue()));
      }
    }
    if (entries.size() > MAX_TENSORS) {
      throw refuse(Reason.OVERSIZED, entries.size() + " tensors, at most " + MAX_TENSORS);
    }
    requireContiguous(entries, data.remaining());
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      ByteBuffer elements =
          data.slice(Math.toIntExact(entry.begin()), Math.toIntExact(entry.end() - entry.begin()));
      tensors.put(
          entry.name(), new TensorData(entry.name(), entry.dtype(), entry.shape(), elements));
    }
    return new Safetensors(metadata, tensors);
  }

  private ByteBuffer header() throws BundleException {
    if (file.remaining() < LENGTH_BYTES) {
      throw refuse(
          Reason.DAMAGED,
          file.remaining() + " bytes are too short for a safetensors file: it is cut off");
    }
    long length = file.getLong(0);
    if (length < 2 || length > MAX_HEADER_BYTES) {
      throw refuse(
          Reason.DAMAGED,
          "header length %s; a safetensors header has 2 to %d bytes"
              .formatted(Long.toUnsignedString(length), MAX_HEADER_BYTES));
    }
    if (length > file.remaining() - LENGTH_BYTES) {
      throw refuse(
          Reason.DAMAGED,
          "header of %d bytes in a file of %d: it is cut off".formatted(length, file.remaining()));
    }
    return file.slice(LENGTH_BYTES, (int) length);
  }

  private int dataBytes(ByteBuffer header) {
    return file.remaining() - LENGTH_BYTES - header.remaining();
  }

  private Map<String, String> metadata(JsonNode node) throws BundleException {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (!node.isObject()) {
      throw refuse(Reason.DAMAGED, METADATA + " must be an object of texts");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw refuse(Reason.DAMAGED, METADATA + " '" + field.getKey() + "' must be a text");
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
    return metadata;
  }

  private Entry entry(String name, JsonNode node) throws BundleException {
    for (String field : FIELDS) {
      if (!node.has(field)) {
        throw refuse(Reason.DAMAGED, "tensor '" + name + "' has no " + field);
      }
    }
    if (node.size() != FIELDS.size()) {
      throw refuse(Reason.DAMAGED, "tensor '" + name + "' has other fields than " + FIELDS);
    }
    String type = node.get("dtype").asText();
    DType dtype =
        DType.of(type)
            .orElseThrow(
                () ->
                    refuse(
                        Reason.UNSUPPORTED,
                        "tensor '%s' has type '%s'; known are %s"
                            .formatted(name, type, Arrays.toString(DType.values()))));
    long[] shape = integers(name, "shape", node.get("shape"), MAX_DIMENSIONS);
    long[] offsets = integers(name, "data_offsets", node.get("data_offsets"), 2);
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw refuse(
          Reason.DAMAGED,
          "tensor '%s' has offsets %s instead of a begin and an end"
              .formatted(name, Arrays.toString(offsets)));
    }
    requireSize(name, dtype, shape, offsets[1] - offsets[0]);
    return new Entry(name, dtype, shape, offsets[0], offsets[1]);
  }

  private void requireSize(String name, DType dtype, long[] shape, long bytes)
      throws BundleException {
    long expected;
    try {
      expected = TensorData.byteSize(dtype, shape);
    } catch (ArithmeticException e) {
      throw refuse(
          Reason.DAMAGED,
          "tensor '%s' of shape %s is beyond any memory".formatted(name, Arrays.toString(shape)));
    }
    if (bytes != expected) {
      throw refuse(
          Reason.DAMAGED,
          "tensor '%s' has %d bytes where %s %s needs %d"
              .formatted(name, bytes, dtype, Arrays.toString(shape), expected));
    }
  }

  private long[] integers(String name, String field, JsonNode node, int max)
      throws BundleException {
    if (!node.isArray() || node.size() > max) {
      throw refuse(
          Reason.DAMAGED,
          "tensor '%s' needs a list of at most %d integers as %s".formatted(name, max, field));
    }
    long[] values = new long[node.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = node.get(i);
      if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
        throw refuse(
            Reason.DAMAGED,
            "tensor '%s' has %s in its %s; it must be 0 or more".formatted(name, value, field));
      }
      values[i] = value.longValue();
    }
    return values;
  }

  private void requireContiguous(List<Entry> entries, long dataBytes) throws BundleException {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long expected = 0;
    for (Entry entry : sorted) {
      if (entry.begin() != expected) {
        throw refuse(
            Reason.DAMAGED,
            "tensor '%s' starts at byte %d where the one before ends at %d"
                .formatted(entry.name(), entry.begin(), expected));
      }
      expected = entry.end();
    }
    if (expected != dataBytes) {
      throw refuse(
          Reason.DAMAGED,
          "tensors end at byte %d of %d bytes of data: the file is cut off or added to"
              .formatted(expected, dataBytes));
    }
  }

  private BundleException refuse(Reason reason, String detail) {
    return new BundleException(reason, source, detail);
  }
}
