package io.voxtag.standalone.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The folder that one running Voxtag keeps its data in, held by a lock that ends with the process,
 * however it ends. Thread-safe.
 */
public final class DataFolder implements AutoCloseable {

  private static final String LOCK_FILE = "lock";
  private static final int PID_BYTES = 32;

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Where data lies unless the user says otherwise: {@code .voxtag} in the home folder. */
  public static Path defaultPath() {
    return Path.of(System.getProperty("user.home"), ".voxtag");
  }

  /**
   * Takes the folder for this process; makes it where it does not exist.
   *
   * @throws DataFolderInUseException if another process, or another part of this one, has it
   * @throws UncheckedIOException if it cannot be made or written to
   */
  public static DataFolder lock(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve(LOCK_FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        String owner = owner(channel);
        channel.close();
        throw new DataFolderInUseException(path, owner);
      }
      write(channel, ProcessHandle.current().pid());
      return new DataFolder(path, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("The data folder " + path + " cannot be used: " + e, e);
    }
  }

  // The process id lies before the locked byte, because some systems forbid reading locked bytes.
  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(PID_BYTES, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void write(FileChannel channel, long pid) throws IOException {
    String line = String.format(Locale.ROOT, "%-" + (PID_BYTES - 1) + "d%n", pid);
    channel.write(StandardCharsets.US_ASCII.encode(line).limit(PID_BYTES), 0);
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(PID_BYTES);
    channel.read(bytes, 0);
    String pid = StandardCharsets.US_ASCII.decode(bytes.flip()).toString().trim();
    return pid.isEmpty() ? "another process" : "process " + pid;
  }

  /** The folder, absolute. */
  public Path path() {
    return path;
  }

  /** A path below the folder. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** Lets go of the folder. Its files stay. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The lock of " + path + " cannot be released", e);
    }
  }
}
