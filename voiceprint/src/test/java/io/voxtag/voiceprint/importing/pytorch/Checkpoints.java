package io.voxtag.voiceprint.importing.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.voxtag.voiceprint.bundle.TensorData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes checkpoints as PyTorch lays them out, whole or spoilt. */
public final class Checkpoints {
  private Checkpoints() {}

  /** A state dict of float32 tensors in the zip format. */
  public static Path zip(Path file, Collection<TensorData> tensors) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", stateDict(tensors));
    entries.put("archive/byteorder", "little".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    int key = 0;
    for (TensorData tensor : tensors) {
      entries.put("archive/data/" + key++, content(tensor));
    }
    return zip(file, entries);
  }

  /** The same in the format before. */
  public static Path legacy(Path file, Collection<TensorData> tensors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(legacyStart());
    out.writeBytes(stateDict(tensors));
    Pickle keys = new Pickle().op(']', '(');
    for (int key = 0; key < tensors.size(); key++) {
      keys.text(String.valueOf(key));
    }
    out.writeBytes(keys.op('e').end());
    for (TensorData tensor : tensors) {
      out.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(tensor.size()).array());
      out.writeBytes(content(tensor));
    }
    return Files.write(file, out.toByteArray());
  }

  /** What comes before the value in the old format. */
  static byte[] legacyStart() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new Pickle().big(new BigInteger("1950a86a20f9469cfc6c", 16)).end());
    out.writeBytes(new Pickle().number(1001).end());
    out.writeBytes(new Pickle().op('}').text("little_endian").op(0x88, 's').end());
    return out.toByteArray();
  }

  /** A checkpoint in the zip format with this pickle and one storage. */
  static Path zip(Path file, byte[] pickle, byte[] storage) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", pickle);
    entries.put("archive/data/0", storage);
    return zip(file, entries);
  }

  static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        CRC32 checksum = new CRC32();
        checksum.update(entry.getValue());
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setMethod(ZipEntry.STORED);
        header.setSize(entry.getValue().length);
        header.setCrc(checksum.getValue());
        zip.putNextEntry(header);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  static void assertRefused(Path file, String... messages) {
    CheckpointException refusal =
        catchThrowableOfType(CheckpointException.class, () -> PyTorchCheckpoint.read(file));
    assertThat(refusal).as("refusal of %s", file).isNotNull();
    assertThat(refusal)
        .hasMessageStartingWith(file.toString())
        .satisfies(e -> assertThat(e.getMessage()).contains(messages));
  }

  private static byte[] stateDict(Collection<TensorData> tensors) {
    Pickle pickle = new Pickle().global("collections", "OrderedDict").op(')', 'R', '(');
    int key = 0;
    for (TensorData tensor : tensors) {
      long[] stride = new long[tensor.shape().length];
      long step = 1;
      for (int axis = stride.length - 1; axis >= 0; axis--) {
        stride[axis] = step;
        step *= tensor.shape()[axis];
      }
      pickle.text(tensor.name());
      pickle.tensor(String.valueOf(key++), tensor.size(), 0, tensor.shape(), stride);
    }
    return pickle.op('u').end();
  }

  private static byte[] content(TensorData tensor) {
    byte[] bytes = new byte[tensor.data().remaining()];
    tensor.data().get(bytes);
    return bytes;
  }
}
