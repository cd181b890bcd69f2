package io.voxtag.trainer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What could be trained on at one moment. The files stay the store's: one that is gone was erased,
 * replaced or evicted since.
 *
 * @param takenAt when
 * @param utterances by speaker and utterance
 */
public record DatasetSnapshot(Instant takenAt, List<StoredUtterance> utterances) {

  public DatasetSnapshot {
    utterances = List.copyOf(utterances);
  }

  /** Who speaks in it, in order. */
  public Set<String> speakers() {
    Set<String> speakers = new TreeSet<>();
    utterances.forEach(utterance -> speakers.add(utterance.speakerId()));
    return speakers;
  }

  /**
   * Writes a list of training data: lines {@code path<TAB>speaker} with absolute paths, so that it
   * may lie anywhere. Speakers are written by {@link #listName}.
   *
   * @param list file to write; its folder is made
   * @param speaker whether to take the utterances of a speaker id
   * @return number of lines
   * @throws IOException if it cannot be written
   */
  public int writeList(Path list, Predicate<String> speaker) throws IOException {
    List<String> lines =
        utterances.stream()
            .filter(utterance -> speaker.test(utterance.speakerId()))
            .map(utterance -> utterance.file() + "\t" + listName(utterance.speakerId()))
            .toList();
    Files.createDirectories(list.toAbsolutePath().getParent());
    Files.write(list, lines);
    return lines.size();
  }

  /**
   * The name of a speaker in a list, whose reader cuts blanks off: percent signs and blanks at
   * either end are written as {@code %} and two or four hexadecimal digits. Different ids have
   * different names.
   */
  public static String listName(String speakerId) {
    String stripped = speakerId.strip();
    int start = stripped.isEmpty() ? 0 : speakerId.indexOf(stripped);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < speakerId.length(); i++) {
      char c = speakerId.charAt(i);
      boolean inside = i >= start && i < start + stripped.length();
      if (inside && c != '%') {
        name.append(c);
      } else {
        name.append(String.format(Locale.ROOT, c < 0x100 ? "%%%02X" : "%%%04X", (int) c));
      }
    }
    return name.toString();
  }
}
