package io.voxtag.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder under way: written beside its final place, forced to the disk and renamed, so that at
 * the final place it is whole or not at all, whenever the process or the machine stops.
 */
final class IncomingFolder implements AutoCloseable {

  // No version or digest begins with a dot.
  private static final String PREFIX = ".incoming-";
  private static final Duration ABANDONED = Duration.ofDays(1);
  private static final int BUFFER_BYTES = 1 << 16;
  private static final boolean FOLDERS_CAN_BE_FORCED =
      !System.getProperty("os.name", "").startsWith("Windows");

  private final Path parent;
  private final Path folder;

  private IncomingFolder(Path parent, Path folder) {
    this.parent = parent;
    this.folder = folder;
  }

  /** Begins a folder; removes what processes that were killed left more than a day ago. */
  static IncomingFolder in(Path parent) throws IOException {
    Path folder = temporary(parent);
    try {
      Files.createDirectories(parent);
      sweep(parent);
      Files.createDirectory(folder);
    } catch (IOException e) {
      throw cannotWrite(parent, e);
    }
    return new IncomingFolder(parent, folder);
  }

  /** Writes a file, reading to the end of the stream. */
  void write(String name, InputStream in, ListedFile listed, String source) throws IOException {
    MessageDigest digest = Sha256.start();
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    try (FileChannel out = create(name)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
        if (bytes > listed.bytes()) {
          throw listed.tooLong(source + "/" + name);
        }
        digest.update(buffer, 0, n);
        append(out, ByteBuffer.wrap(buffer, 0, n));
      }
      force(out);
    }
    listed.require(source + "/" + name, new ListedFile(Sha256.finish(digest), bytes));
  }

  /** Writes a file. */
  void write(String name, byte[] content) throws IOException {
    try (FileChannel out = create(name)) {
      append(out, ByteBuffer.wrap(content));
      force(out);
    }
  }

  /**
   * Makes the folder what it shall be.
   *
   * @return false if something is there already
   */
  boolean moveTo(Path target) throws IOException {
    try {
      forceFolder(folder);
      Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
      forceFolder(parent);
      return true;
    } catch (FileSystemException e) {
      // Which exception says so differs between systems.
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      throw cannotWrite(parent, e);
    } catch (IOException e) {
      throw cannotWrite(parent, e);
    }
  }

  /** Replaces or adds a file of a folder at its final place. */
  void moveFileTo(String name, Path target) throws IOException {
    try {
      Files.move(
          folder.resolve(name),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      forceFolder(target.getParent());
    } catch (IOException e) {
      throw cannotWrite(parent, e);
    }
  }

  /** Takes a folder away from its place at once; without effect if it is not there. */
  static void remove(Path target) throws IOException {
    Path aside = temporary(target.getParent());
    try {
      Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return;
    }
    delete(aside);
  }

  private static Path temporary(Path parent) {
    return parent.resolve(PREFIX + UUID.randomUUID());
  }

  private FileChannel create(String name) throws IOException {
    try {
      return FileChannel.open(
          folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw cannotWrite(parent, e);
    }
  }

  private void append(FileChannel out, ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw cannotWrite(parent, e);
    }
  }

  private void force(FileChannel out) throws IOException {
    try {
      out.force(true);
    } catch (IOException e) {
      throw cannotWrite(parent, e);
    }
  }

  private static void forceFolder(Path folder) throws IOException {
    if (FOLDERS_CAN_BE_FORCED) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static IOException cannotWrite(Path folder, IOException e) {
    return new IOException("cannot write to the folder %s: %s".formatted(folder, e), e);
  }

  private static void sweep(Path parent) throws IOException {
    Instant limit = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : left) {
        if (isOlder(folder, limit)) {
          delete(folder);
        }
      }
    }
  }

  private static boolean isOlder(Path folder, Instant limit) throws IOException {
    try {
      return Files.getLastModifiedTime(folder).toInstant().isBefore(limit);
    } catch (NoSuchFileException e) {
      // Its owner has finished, or another process sweeps as well.
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(folder)) {
      delete(folder);
    }
  }
}
