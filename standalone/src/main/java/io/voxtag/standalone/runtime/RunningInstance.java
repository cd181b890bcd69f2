package io.voxtag.standalone.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where a running Voxtag is reached. It lies in the data folder while the process runs, so that
 * commands find it without being told.
 *
 * @param pid the process
 * @param kafka Kafka bootstrap servers, host:port
 * @param redis address of the registry, {@code redis://host:port}
 * @param http base address of the HTTP and WebSocket server, {@code http://host:port}
 */
public record RunningInstance(long pid, String kafka, String redis, String http) {

  private static final String FILE = "running.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What runs on that folder now; empty where nothing does.
   *
   * @throws UncheckedIOException if what is written there cannot be read
   */
  public static Optional<RunningInstance> on(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      RunningInstance instance = JSON.readValue(file.toFile(), RunningInstance.class);
      // A process that was killed leaves its file behind.
      return Optional.of(instance)
          .filter(i -> ProcessHandle.of(i.pid()).filter(ProcessHandle::isAlive).isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes it into the folder, whole or not at all. */
  void announceIn(Path folder) {
    Path file = folder.resolve(FILE);
    Path draft = folder.resolve(FILE + ".new");
    try {
      JSON.writeValue(draft.toFile(), this);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  static void withdrawFrom(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(folder.resolve(FILE) + " cannot be deleted", e);
    }
  }
}
