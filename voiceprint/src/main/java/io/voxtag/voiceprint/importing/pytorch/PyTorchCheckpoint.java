package io.voxtag.voiceprint.importing.pytorch;

import io.voxtag.voiceprint.bundle.TensorData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads files that {@code torch.save} wrote, in the zip format and in the one before it. Runs no
 * code of the file, and takes memory for no more than twice its tensors.
 */
public final class PyTorchCheckpoint {
  /** Where checkpoints of whole training runs keep their weights. */
  private static final List<String> WRAPPERS =
      List.of("state_dict", "model_state_dict", "model", "embedding_model");

  private static final int MAX_TENSORS = 1 << 16;
  private static final int PICKLE = 0x80;

  private PyTorchCheckpoint() {}

  /**
   * Whether a file begins as a checkpoint does, in either format. Another zip does too.
   *
   * @throws IOException if it cannot be read
   */
  public static boolean isLikely(Path file) throws IOException {
    byte[] start = start(file);
    return start.length == 2 && (isZip(start) || (start[0] & 0xff) == PICKLE);
  }

  /**
   * The tensors of a state dict by name, in its order. What else lies beside them in the dictionary
   * is left out.
   *
   * @throws CheckpointException if the file is not a checkpoint, is damaged, is too large or asks
   *     for anything but tensors in plain containers
   * @throws IOException if it cannot be read
   */
  public static Map<String, TensorData> read(Path file) throws IOException {
    byte[] start = start(file);
    if (start.length == 2 && isZip(start)) {
      try (ZipCheckpoint zip = ZipCheckpoint.open(file)) {
        return tensors(zip.value(), zip, file.toString());
      }
    }
    if (start.length == 2 && (start[0] & 0xff) == PICKLE) {
      try (FileChannel channel = FileChannel.open(file)) {
        if (channel.size() > PickleCalls.MAX_BYTES) {
          throw new CheckpointException(
              file.toString(),
              "has %d bytes; at most %d are read".formatted(channel.size(), PickleCalls.MAX_BYTES));
        }
        LegacyCheckpoint legacy =
            new LegacyCheckpoint(
                channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), file.toString());
        return tensors(legacy.value(), legacy, file.toString());
      }
    }
    throw new CheckpointException(
        file.toString(), "is no PyTorch checkpoint: it begins neither as a zip nor as a pickle");
  }

  private static Map<String, TensorData> tensors(Object value, Storages storages, String source)
      throws IOException {
    Map<String, TensorRef> found = stateDict(value, source);
    if (found.size() > MAX_TENSORS) {
      throw new CheckpointException(
          source, "has %d tensors, at most %d".formatted(found.size(), MAX_TENSORS));
    }
    long bytes = 0;
    Map<String, Long> storageBytes = new LinkedHashMap<>();
    for (TensorRef tensor : found.values()) {
      bytes += tensor.bytes();
      storageBytes.put(tensor.storage().key(), tensor.storage().bytes());
    }
    long all = Math.max(bytes, storageBytes.values().stream().mapToLong(Long::longValue).sum());
    if (all > PickleCalls.MAX_BYTES) {
      throw new CheckpointException(
          source, "has %d bytes of tensors, at most %d".formatted(all, PickleCalls.MAX_BYTES));
    }
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TensorRef> entry : found.entrySet()) {
      TensorRef tensor = entry.getValue();
      tensors.put(entry.getKey(), tensor.read(entry.getKey(), storages.content(tensor.storage())));
    }
    return Collections.unmodifiableMap(tensors);
  }

  private static Map<String, TensorRef> stateDict(Object value, String source)
      throws CheckpointException {
    if (!(value instanceof Map<?, ?> map)) {
      throw new CheckpointException(source, "holds no dictionary of tensors at its top");
    }
    Map<String, TensorRef> direct = direct(map);
    for (int i = 0; direct.isEmpty() && i < WRAPPERS.size(); i++) {
      if (map.get(WRAPPERS.get(i)) instanceof Map<?, ?> inner) {
        direct = direct(inner);
      }
    }
    if (direct.isEmpty()) {
      throw new CheckpointException(
          source,
          "has no tensors at its top or under one of %s, but %s"
              .formatted(WRAPPERS, map.keySet().stream().limit(20).toList()));
    }
    return direct;
  }

  private static Map<String, TensorRef> direct(Map<?, ?> map) {
    Map<String, TensorRef> tensors = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (key instanceof String name && value instanceof TensorRef tensor) {
            tensors.put(name, tensor);
          }
        });
    return tensors;
  }

  private static boolean isZip(byte[] start) {
    return start[0] == 'P' && start[1] == 'K';
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(2);
    }
  }
}
