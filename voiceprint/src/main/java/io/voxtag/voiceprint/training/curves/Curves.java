package io.voxtag.voiceprint.training.curves;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The values of a run over its steps, in a table {@code curves.tsv} of step, name and value. A run
 * that goes on from an earlier step forgets what came after that step.
 */
public final class Curves {
  private static final String FILE = "curves.tsv";

  private final Path file;

  /** The curves in the folder of a run. */
  public Curves(Path run) {
    file = run.resolve(FILE);
  }

  /**
   * A value.
   *
   * @param step batches done
   */
  public record Point(long step, double value) {}

  /** All values by name, by rising step; none where nothing was written. */
  public Map<String, List<Point>> read() throws IOException {
    Map<String, List<Point>> curves = new LinkedHashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split("\t", -1);
        // The last line of a killed run may be cut.
        if (parts.length == 3 && !parts[2].isEmpty()) {
          curves
              .computeIfAbsent(parts[1], name -> new ArrayList<>())
              .add(new Point(Long.parseLong(parts[0]), Double.parseDouble(parts[2])));
        }
      }
    }
    return curves;
  }

  /** Forgets the values after a step. */
  void truncate(long step) throws IOException {
    List<String> kept = new ArrayList<>();
    read()
        .forEach(
            (name, points) ->
                points.stream()
                    .filter(point -> point.step() <= step)
                    .forEach(point -> kept.add(line(name, point.step(), point.value()))));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, kept);
  }

  void add(String name, long step, double value) {
    try {
      Files.writeString(file, line(name, step, value) + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(String name, long step, double value) {
    return String.format(Locale.ROOT, "%d\t%s\t%s", step, name, value);
  }
}
