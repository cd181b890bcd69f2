package io.voxtag.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Files that other programs made; their script is beside them. */
final class Reference {

  private Reference() {}

  static byte[] bytes(String name) {
    try (InputStream in = Reference.class.getResourceAsStream("/reference/" + name)) {
      InputStream found = Objects.requireNonNull(in, name);
      return name.endsWith(".gz")
          ? new GZIPInputStream(found).readAllBytes()
          : found.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static float[] floats(String name) {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /** [channels, frames] of interleaved values. */
  static float[][] channels(String name, int channels) {
    float[] all = floats(name);
    float[][] planar = new float[channels][all.length / channels];
    for (int i = 0; i < all.length; i++) {
      planar[i % channels][i / channels] = all[i];
    }
    return planar;
  }

  static float largestDifference(float[] a, float[] b) {
    float largest = 0;
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
