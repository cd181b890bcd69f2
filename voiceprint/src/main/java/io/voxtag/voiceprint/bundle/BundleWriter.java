package io.voxtag.voiceprint.bundle;

import io.voxtag.voiceprint.bundle.BundleException.Reason;
import io.voxtag.voiceprint.bundle.ModelManifest.FileEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes beside the target and renames, so that nobody ever sees half of a bundle. */
final class BundleWriter {
  private BundleWriter() {}

  static ModelBundle write(
      Path directory,
      ManifestDraft draft,
      Collection<TensorData> tensors,
      DType precision,
      List<float[]> cohort)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(BundleFiles.WEIGHTS, weights(tensors, precision));
    if (!cohort.isEmpty()) {
      files.put(BundleFiles.COHORT, CohortFile.write(cohort, draft.embeddingSize()));
    }
    ModelManifest manifest = draft.withFiles(digests(files));
    byte[] json = ManifestJson.write(manifest);
    // A manifest that could not be read again must not be written.
    ModelManifest readBack = ManifestJson.read(json, "manifest of " + draft.version());
    if (Files.exists(directory.resolve(BundleFiles.MANIFEST))) {
      return existing(directory, readBack);
    }
    Path target = directory.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path temporary = beside(target);
    try {
      Files.createDirectory(temporary);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        write(temporary.resolve(file.getKey()), file.getValue());
      }
      write(temporary.resolve(BundleFiles.MANIFEST), json);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      throw occupied(directory, e);
    } catch (FileSystemException e) {
      throw Files.exists(target) ? occupied(directory, e) : e;
    } finally {
      deleteIfLeft(temporary);
    }
    return ModelBundle.open(directory);
  }

  /** Replaces a small file at once. */
  static void replace(Path file, byte[] content) throws IOException {
    Path target = file.toAbsolutePath();
    // Outside the bundle, where an unlisted file would make it invalid meanwhile.
    Path temporary = beside(target.getParent());
    try {
      write(temporary, content);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Map<String, FileEntry> digests(Map<String, byte[]> files) {
    Map<String, FileEntry> digests = new LinkedHashMap<>();
    files.forEach((name, content) -> digests.put(name, FileDigest.of(content)));
    return digests;
  }

  private static byte[] weights(Collection<TensorData> tensors, DType precision)
      throws IOException {
    List<TensorData> converted = new ArrayList<>();
    for (TensorData tensor : tensors) {
      if (!tensor.isFinite()) {
        throw new IllegalArgumentException(
            "tensor '" + tensor.name() + "' has values that are not finite");
      }
      converted.add(tensor.dtype().isFloating() ? convert(tensor, precision) : tensor);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, converted, Map.of());
    return out.toByteArray();
  }

  private static TensorData convert(TensorData tensor, DType precision) {
    boolean vector = tensor.shape().length < 2;
    return tensor.as(vector && precision == DType.F16 ? DType.F32 : precision);
  }

  private static ModelBundle existing(Path directory, ModelManifest manifest) throws IOException {
    ModelBundle bundle = ModelBundle.open(directory);
    if (!isSame(bundle.manifest(), manifest)) {
      throw new BundleException(
          Reason.CONFLICT,
          directory.toString(),
          "already holds another model, version '%s': bundles are never changed"
              .formatted(bundle.manifest().version()));
    }
    return bundle;
  }

  private static boolean isSame(ModelManifest a, ModelManifest b) {
    return a.equals(ManifestDraft.of(b).withCreatedAt(a.createdAt()).withFiles(b.files()));
  }

  private static BundleException occupied(Path directory, IOException cause) {
    return new BundleException(
        Reason.CONFLICT,
        directory.toString(),
        "is there already and is not an empty folder; give a new path",
        cause);
  }

  /** Not a temporary file of the JDK, which only its owner may read. */
  private static Path beside(Path target) {
    return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void deleteIfLeft(Path temporary) throws IOException {
    Files.deleteIfExists(temporary.resolve(BundleFiles.WEIGHTS));
    Files.deleteIfExists(temporary.resolve(BundleFiles.COHORT));
    Files.deleteIfExists(temporary.resolve(BundleFiles.MANIFEST));
    Files.deleteIfExists(temporary);
  }
}
