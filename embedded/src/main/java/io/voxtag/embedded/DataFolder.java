package io.voxtag.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A folder that belongs to one process at a time. The lock ends with the process, however it ends;
 * the lock file stays and tells the owner's process id. Thread-safe.
 */
public final class DataFolder implements AutoCloseable {

  /** Name of the lock file. */
  public static final String LOCK_FILE = "voxtag.lock";

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  // Far behind the text, as some systems do not let others read what is locked.
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
  // The system's locks belong to the process, and closing any channel of the file would release
  // them: within this process they are kept apart here.
  private static final Set<Path> HELD = new HashSet<>();

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder where it is missing, for this user's eyes alone since voices lie there, and
   * takes it for this process.
   *
   * @throws DataFolderInUseException if another process, or this one already, has it
   * @throws DataFolderAccessException if it cannot be made or written to
   */
  public static DataFolder open(Path folder) {
    try {
      return open(made(folder).toRealPath(), folder);
    } catch (IOException e) {
      throw new DataFolderAccessException(folder, e);
    }
  }

  private static Path made(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER))
        : Files.createDirectories(folder);
  }

  private static DataFolder open(Path real, Path asked) throws IOException {
    synchronized (HELD) {
      if (HELD.contains(real)) {
        throw new DataFolderInUseException(asked, OptionalLong.of(ProcessHandle.current().pid()));
      }
      Path file = real.resolve(LOCK_FILE);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      boolean taken = false;
      try {
        FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        if (lock == null) {
          throw new DataFolderInUseException(asked, owner(channel));
        }
        write(channel, Long.toString(ProcessHandle.current().pid()));
        taken = true;
      } finally {
        if (!taken) {
          channel.close();
        }
      }
      HELD.add(real);
      return new DataFolder(real, channel);
    }
  }

  /** The folder, absolute and without links. */
  public Path path() {
    return path;
  }

  /** Gives the folder free. Closing twice does nothing. */
  @Override
  public void close() {
    synchronized (HELD) {
      if (!channel.isOpen()) {
        return;
      }
      HELD.remove(path);
      try {
        channel.close();
      } catch (IOException e) {
        throw new DataFolderAccessException(path, e);
      }
    }
  }

  private static void write(FileChannel channel, String pid) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static OptionalLong owner(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
    // The owner may be about to write it.
    return pid.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(pid)) : OptionalLong.empty();
  }
}
