package io.voxtag.scoring.diarization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;

/** What other implementations make of the same input; {@code make.py} beside it made them. */
final class ReferenceValues {

  private ReferenceValues() {}

  static JsonNode read(String name) throws IOException {
    try (InputStream in = ReferenceValues.class.getResourceAsStream("/diarization/" + name)) {
      if (in == null) {
        throw new IOException("no reference values " + name + " in the test resources");
      }
      return new ObjectMapper().readTree(in);
    }
  }

  static float[][] vectors(JsonNode rows) {
    float[][] vectors = new float[rows.size()][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new float[rows.get(i).size()];
      for (int j = 0; j < vectors[i].length; j++) {
        vectors[i][j] = (float) rows.get(i).get(j).asDouble();
      }
    }
    return vectors;
  }

  static int[] ints(JsonNode row) {
    int[] values = new int[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i).asInt();
    }
    return values;
  }
}
