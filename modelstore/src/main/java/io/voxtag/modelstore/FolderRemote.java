package io.voxtag.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/** Files in a folder, for example on a disk that all services mount. */
final class FolderRemote implements Remote {

  private static final int BUFFER = 1 << 16;

  private final Path folder;

  FolderRemote(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public URI base() {
    String uri = folder.toUri().toString();
    return URI.create(uri.endsWith("/") ? uri : uri + "/");
  }

  @Override
  public boolean exists(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  @Override
  public void write(String name, Path content) throws IOException {
    Path target = folder.resolve(name);
    Files.createDirectories(target.getParent());
    Path draft = target.resolveSibling(".new-" + UUID.randomUUID());
    try {
      Files.copy(content, draft);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      // A link, not a move: that would replace what another process has just written.
      Files.createLink(target, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; whoever fetches compares digests.
      return;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  @Override
  public Optional<Long> read(String name, Path target, long most) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(name));
        OutputStream out = Files.newOutputStream(target)) {
      return Optional.of(copy(in, out, name, most));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  static long copy(InputStream in, OutputStream out, String name, long most) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long sum = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      sum += read;
      if (sum > most) {
        throw new BundleRefusedException(
            "%s has more than the %d bytes that are taken".formatted(name, most));
      }
      out.write(buffer, 0, read);
    }
    return sum;
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }
}
