package io.voxtag.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recordings and who speaks in them: lines {@code recording<TAB>speaker}, perhaps with a third
 * column that names the session, for example the call. Empty lines are skipped.
 *
 * @param file where it was read from
 * @param entries all of them, in order
 */
public record SpeakerList(Path file, List<Entry> entries) {

  private static final int MOST_COLUMNS = 3;

  /**
   * A recording.
   *
   * @param line where it stands in its list, from 1
   * @param session what it was made in; recordings of one session are never compared. Null where
   *     the list does not say
   */
  public record Entry(int line, String recording, String speaker, @Nullable String session) {

    /** Whether both are of one session, which would make them alike for other reasons. */
    boolean sameSession(Entry other) {
      return session != null && session.equals(other.session);
    }
  }

  public SpeakerList {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a list.
   *
   * @throws TrialListException if a line is malformed, a recording is named twice, or there is none
   * @throws IOException if the file cannot be read
   */
  public static SpeakerList read(Path file) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String[] columns = lines.get(i).strip().split("\t");
      if (columns.length < 2 || columns.length > MOST_COLUMNS) {
        throw new TrialListException(
            file,
            i + 1,
            "expected 'recording<TAB>speaker' and perhaps a session, got '%s'"
                .formatted(lines.get(i)));
      }
      String session = columns.length == MOST_COLUMNS ? columns[2] : null;
      Entry entry = new Entry(i + 1, columns[0], columns[1], session);
      if (entries.putIfAbsent(entry.recording(), entry) != null) {
        throw new TrialListException(
            file, i + 1, "the recording %s is listed twice".formatted(entry.recording()));
      }
    }
    if (entries.isEmpty()) {
      throw new TrialListException(file, "no recordings in it");
    }
    return new SpeakerList(file, new ArrayList<>(entries.values()));
  }

  /** All recordings with their lines. */
  Map<String, ListLine> recordings() {
    Map<String, ListLine> lines = new LinkedHashMap<>();
    entries.forEach(
        entry ->
            lines.put(
                entry.recording(),
                new ListLine(file, entry.line(), entry.recording() + " " + entry.speaker())));
    return lines;
  }
}
