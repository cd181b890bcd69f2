package io.voxtag.trainer.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs on disk, a folder each: {@code run.json} is replaced as a whole, so that a trainer that is
 * killed finds each run as it was before a change or after it. Thread-safe.
 */
public final class RunStore {

  private static final String FILE = "run.json";
  private static final String WORK = "work";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private final Path folder;
  private final Map<String, Run> runs = new HashMap<>();

  /**
   * Reads what is there.
   *
   * @param folder made where missing
   * @throws UncheckedIOException if it cannot be read
   */
  public RunStore(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path entry : entries.toList()) {
          Path file = entry.resolve(FILE);
          if (Files.exists(file)) {
            Run run = JSON.readValue(file.toFile(), Run.class);
            runs.put(run.requestId(), run);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The runs in " + folder + " cannot be read", e);
    }
  }

  /** A run by its request. */
  public synchronized Optional<Run> find(String requestId) {
    return Optional.ofNullable(runs.get(requestId));
  }

  /** All runs by rising number. */
  public synchronized List<Run> all() {
    return runs.values().stream().sorted(Comparator.comparingLong(Run::number)).toList();
  }

  /** The number of a new run. */
  public synchronized long nextNumber() {
    return runs.values().stream().mapToLong(Run::number).max().orElse(0) + 1;
  }

  /** The run that is under way or has waited for longest. */
  public synchronized Optional<Run> next() {
    return all().stream().filter(run -> !run.phase().isOver()).findFirst();
  }

  /**
   * Keeps a run as it is now; when this returns, it survives a crash.
   *
   * @throws UncheckedIOException if the disk fails, for example because it is full; then the run
   *     stays as it was
   */
  public synchronized void save(Run run) {
    Path own = folder(run);
    Path draft = own.resolve(FILE + ".new");
    try {
      Files.createDirectories(own);
      Files.write(draft, JSON.writeValueAsBytes(run));
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          draft,
          own.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("The run cannot be kept in " + own, e);
    }
    runs.put(run.requestId(), run);
  }

  /** Folder for checkpoints and decoded audio of a run; may be missing. */
  public Path work(Run run) {
    return folder(run).resolve(WORK);
  }

  /** The folder of a run. */
  public Path folder(Run run) {
    // Ids may hold what a file system does not take.
    byte[] id = run.requestId().getBytes(StandardCharsets.UTF_8);
    return folder.resolve("%06d-%s".formatted(run.number(), digest(id)));
  }

  private static String digest(byte[] id) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(id);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
