package io.voxtag.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds a Redis server to run: on the PATH, else the packaged one of org.signal. */
final class RedisExecutable {

  // Not a class of that package, as its loader may not be this one's.
  private static final String PACKAGED = "/redis-server-7.0.15-";

  private RedisExecutable() {}

  /**
   * The server's path; the packaged one is unpacked into the folder first.
   *
   * @throws RedisNotFoundException if there is none for this system
   */
  static Path find(Path folder) throws IOException {
    Optional<Path> installed = onPath("redis-server");
    return installed.isPresent() ? installed.get() : unpack(folder);
  }

  /** A program on the PATH. */
  static Optional<Path> onPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Path unpack(Path folder) throws IOException {
    String system = system();
    try (InputStream packaged = packaged(system)) {
      if (packaged == null) {
        throw new RedisNotFoundException(system);
      }
      Path target = folder.resolve("redis-server");
      // Written beside and moved, so that a kill leaves no half of it.
      Path part = Files.createTempFile(folder, "redis-server", ".part");
      try {
        Files.copy(packaged, part, StandardCopyOption.REPLACE_EXISTING);
        if (!part.toFile().setExecutable(true)) {
          throw new IOException(part + " cannot be made executable");
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      return target;
    }
  }

  private static @Nullable InputStream packaged(String system) {
    return RedisExecutable.class.getResourceAsStream(PACKAGED + system);
  }

  private static String system() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    String name = os.startsWith("mac") ? "darwin" : os.split(" ", 2)[0];
    return name
        + "-"
        + switch (arch) {
          case "x86_64", "amd64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          case "x86", "i386", "i686" -> "386";
          default -> arch;
        };
  }
}
