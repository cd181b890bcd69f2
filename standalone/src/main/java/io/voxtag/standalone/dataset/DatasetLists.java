package io.voxtag.standalone.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes lists. Paths begin at a folder where they lie below it, and are absolute elsewhere. */
public final class DatasetLists {

  private DatasetLists() {}

  /** Lines of {@code path<TAB>speaker}, with paths from the folder of the list. */
  public static void write(Path list, List<Dataset.Utterance> utterances) throws IOException {
    Path folder = folder(list);
    write(
        list, folder, utterances.stream().map(u -> path(folder, u) + "\t" + u.speaker()).toList());
  }

  /**
   * Lines of {@code label path path}, with paths from the given folder.
   *
   * @throws DatasetException if a path has a blank, which parts the words of a trial
   */
  public static void writeTrials(Path list, Path root, List<TrialDraw.Pair> pairs)
      throws IOException {
    Path folder = root.toAbsolutePath().normalize();
    List<String> lines = new ArrayList<>();
    for (TrialDraw.Pair pair : pairs) {
      String first = word(folder, pair.first());
      lines.add((pair.same() ? "1 " : "0 ") + first + " " + word(folder, pair.second()));
    }
    write(list, folder(list), lines);
  }

  private static void write(Path list, Path folder, List<String> lines) throws IOException {
    Files.createDirectories(folder);
    Files.write(list, lines);
  }

  private static String word(Path folder, Dataset.Utterance utterance) {
    String path = path(folder, utterance);
    if (path.matches(".*\\s.*")) {
      throw new DatasetException(
          "a trial cannot name '%s': its path must have no blank".formatted(path));
    }
    return path;
  }

  private static String path(Path folder, Dataset.Utterance utterance) {
    Path file = utterance.file().toAbsolutePath().normalize();
    Path written = file.startsWith(folder) ? folder.relativize(file) : file;
    return written.toString().replace('\\', '/');
  }

  private static Path folder(Path list) {
    Path parent = list.toAbsolutePath().normalize().getParent();
    return parent == null ? list.toAbsolutePath() : parent;
  }
}
