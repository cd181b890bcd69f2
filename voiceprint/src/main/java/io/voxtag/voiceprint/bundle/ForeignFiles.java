package io.voxtag.voiceprint.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Says what a file seems to be that somebody took for a bundle, without reading more than its
 * start.
 */
final class ForeignFiles {
  private static final int START = 16;
  private static final int PICKLE = 0x80;

  private ForeignFiles() {}

  static boolean isZip(Path file) throws IOException {
    return startsWith(start(file), "PK");
  }

  static String describe(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      return "a folder";
    }
    if (file.getFileName().toString().endsWith(".onnx")) {
      return "an ONNX model";
    }
    byte[] start = start(file);
    if (start.length == 0) {
      return "an empty file";
    }
    if (startsWith(start, "PK")) {
      return "a zip";
    }
    if (start.length > 1 && (start[0] & 0xff) == PICKLE && start[1] >= 2 && start[1] <= 5) {
      return "a Python pickle or old PyTorch checkpoint, which can run code";
    }
    if (start.length > 8 && start[8] == '{') {
      return "a safetensors file without the manifest of a model";
    }
    if (startsWith(start, "\u0089HDF")) {
      return "an HDF5 file";
    }
    if (startsWith(start, "\u001f\u008b")) {
      return "a gzip file";
    }
    return "an unknown kind of file";
  }

  static String describeZip(List<String> names) {
    if (names.stream().anyMatch(n -> n.endsWith("constants.pkl"))) {
      return "a TorchScript archive, which can run code";
    }
    if (names.stream().anyMatch(n -> n.endsWith(".pkl"))) {
      return "a PyTorch checkpoint (a zip of pickles), which can run code";
    }
    if (names.stream().anyMatch(n -> n.endsWith("/" + BundleFiles.MANIFEST))) {
      return "a zip of a folder; zip the files in it instead";
    }
    return "a zip of other files";
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(START);
    }
  }

  private static boolean startsWith(byte[] start, String magic) {
    return new String(start, StandardCharsets.ISO_8859_1).startsWith(magic);
  }
}
