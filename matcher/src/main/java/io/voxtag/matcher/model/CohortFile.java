package io.voxtag.matcher.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.scoring.AsNorm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The cohort of a bundle: a safetensors file with nothing but one float32 tensor {@code cohort} of
 * shape [voices, embedding]. This module reads only that, and no weights.
 */
final class CohortFile {

  /** Of the largest cohort with its header. */
  static final int MOST_BYTES = 64 * 1024 * 1024;

  private static final String TENSOR = "cohort";
  private static final int LENGTH_BYTES = 8;
  private static final int MOST_HEADER_BYTES = 64 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private CohortFile() {}

  /**
   * The voices in a file; whether they are of unit length is left to who uses them.
   *
   * @param sha256 that the manifest lists
   * @param embeddingSize floats in a voice
   * @throws IOException if it is another file, or holds anything else
   */
  static List<float[]> read(byte[] content, String sha256, int embeddingSize) throws IOException {
    String actual = sha256(content);
    if (!actual.equals(sha256)) {
      throw new IOException(
          "the cohort has SHA-256 " + actual + " where model.json lists " + sha256);
    }
    ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    long headerBytes = content.length < LENGTH_BYTES ? -1 : file.getLong();
    if (headerBytes < 2 || headerBytes > Math.min(MOST_HEADER_BYTES, file.remaining())) {
      throw new IOException("the cohort is no safetensors file: its header is not whole");
    }
    byte[] header = new byte[(int) headerBytes];
    file.get(header);
    int voices = voices(JSON.readTree(header), embeddingSize, file.remaining());
    List<float[]> cohort = new ArrayList<>(voices);
    for (int i = 0; i < voices; i++) {
      float[] voice = new float[embeddingSize];
      for (int d = 0; d < embeddingSize; d++) {
        voice[d] = file.getFloat();
      }
      cohort.add(voice);
    }
    return cohort;
  }

  private static int voices(JsonNode header, int embeddingSize, int dataBytes) throws IOException {
    JsonNode tensor = header.path(TENSOR);
    JsonNode shape = tensor.path("shape");
    long voices = shape.path(0).asLong();
    boolean right =
        header.size() == 1
            && tensor.path("dtype").asText().equals("F32")
            && shape.size() == 2
            && voices >= AsNorm.LEAST
            && voices <= AsNorm.MOST
            && shape.path(1).asLong() == embeddingSize
            && tensor.path("data_offsets").path(0).asLong(-1) == 0
            && tensor.path("data_offsets").path(1).asLong() == dataBytes
            && voices * embeddingSize * Float.BYTES == dataBytes;
    if (!right) {
      throw new IOException(
          "the cohort must be one F32 tensor '%s' of [%d to %d, %d] in %d bytes"
              .formatted(TENSOR, AsNorm.LEAST, AsNorm.MOST, embeddingSize, dataBytes));
    }
    return (int) voices;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
