package io.voxtag.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads float64 tensors of a safetensors file: in the test resources, or in another folder. */
record SafetensorsFile(JsonNode header, ByteBuffer data) {

  static SafetensorsFile reference(String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(read(name)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[Math.toIntExact(bytes.getLong())];
    bytes.get(header);
    return new SafetensorsFile(
        new ObjectMapper().readTree(header), bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  double[] doubles(String name) {
    JsonNode tensor = header.required(name);
    if (!tensor.required("dtype").asText().equals("F64")) {
      throw new IllegalArgumentException(name + " is " + tensor + "; only F64 is read here");
    }
    int start = tensor.required("data_offsets").get(0).asInt();
    int end = tensor.required("data_offsets").get(1).asInt();
    double[] values = new double[(end - start) / Double.BYTES];
    data.slice(start, end - start).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }

  private static byte[] read(String name) throws IOException {
    String folder = System.getProperty("voxtag.reference", "");
    if (!folder.isEmpty()) {
      return Files.readAllBytes(Path.of(folder, name));
    }
    try (InputStream in = SafetensorsFile.class.getResourceAsStream("/reference/" + name)) {
      if (in == null) {
        throw new IOException("No reference file " + name + " in the test resources");
      }
      return in.readAllBytes();
    }
  }
}
