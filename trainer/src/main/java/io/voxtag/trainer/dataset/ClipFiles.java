package io.voxtag.trainer.dataset;

import io.voxtag.schemas.event.AudioFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files named by their content: {@code ab/abcd....flac}. A file under its name is whole: it is
 * written beside, forced to the disk and then renamed.
 */
final class ClipFiles {

  private static final String UNFINISHED = ".part";
  // Folders cannot be opened, and so not be forced to the disk, on Windows.
  private static final boolean FOLDERS_CAN_BE_FORCED =
      !System.getProperty("os.name").startsWith("Windows");

  private final Path root;

  /**
   * What a file is known by.
   *
   * @param sha256 of its bytes
   * @param format which gives it the ending of its name
   */
  record Content(String sha256, AudioFormat format) {}

  ClipFiles(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** Where a file lies or would lie; absolute. */
  Path path(Content content) {
    return root.resolve(content.sha256().substring(0, 2))
        .resolve(content.sha256() + ending(content.format()));
  }

  /** Writes a file that is not there yet. */
  void write(Content content, byte[] data) throws IOException {
    Path target = path(content);
    if (isWhole(content, data.length)) {
      return;
    }
    Path folder = target.getParent();
    Files.createDirectories(folder);
    Path part = folder.resolve(target.getFileName() + UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(data);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    } catch (IOException e) {
      // On a full disk the half of a file would be in the way of everybody else.
      Files.deleteIfExists(part);
      throw e;
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(folder);
    force(root);
  }

  boolean isWhole(Content content, long bytes) throws IOException {
    Path file = path(content);
    return Files.isRegularFile(file) && Files.size(file) == bytes;
  }

  void delete(Content content) throws IOException {
    Path file = path(content);
    Files.deleteIfExists(file);
    try {
      Files.deleteIfExists(file.getParent());
    } catch (DirectoryNotEmptyException e) {
      return;
    }
  }

  /** The names of all files, unfinished ones too. */
  List<Path> all() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void force(Path folder) throws IOException {
    if (FOLDERS_CAN_BE_FORCED) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static String ending(AudioFormat format) {
    return switch (format) {
      case WAV -> ".wav";
      case FLAC -> ".flac";
      case OGG_OPUS -> ".opus";
      case MP3 -> ".mp3";
    };
  }
}
