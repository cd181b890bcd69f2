package io.voxtag.scoring.diarization;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Rich Transcription Time Marked text of NIST (RT-09 evaluation plan, appendix A): a line {@code
 * SPEAKER recording channel start duration <NA> <NA> speaker confidence <NA>} for each segment, in
 * seconds. Lines of other types and comments, which begin with {@code ;;}, are skipped.
 */
public final class Rttm {

  private static final String TYPE = "SPEAKER";
  private static final int LEAST_FIELDS = 8;
  private static final int RECORDING = 1;
  private static final int CHANNEL = 2;
  private static final int START = 3;
  private static final int DURATION = 4;
  private static final int NAME = 7;
  private static final double MOST_SECONDS = 1e9;

  private Rttm() {}

  /**
   * A segment of a recording.
   *
   * @param recording name of the recording
   * @param channel of it, from 1
   * @param segment who speaks when
   */
  public record Entry(String recording, int channel, Segment segment) {}

  /** A line without its end; blanks in names become underscores, for the format has no quotes. */
  public static String line(Entry entry) {
    Segment segment = entry.segment();
    return String.format(
        Locale.ROOT,
        "%s %s %d %.3f %.3f <NA> <NA> %s <NA> <NA>",
        TYPE,
        word(entry.recording()),
        entry.channel(),
        segment.startMs() / 1000.0,
        segment.durationMs() / 1000.0,
        word(segment.speaker()));
  }

  /**
   * Reads lines.
   *
   * @param name of the file, for messages
   * @throws RttmFormatException if a line is malformed
   */
  public static List<Entry> parse(String name, List<String> lines) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith(";;") || !line.split("\\s+")[0].equals(TYPE)) {
        continue;
      }
      try {
        entry(line.split("\\s+")).ifPresent(entries::add);
      } catch (IllegalArgumentException e) {
        throw new RttmFormatException(name, i + 1, String.valueOf(e.getMessage()));
      }
    }
    return entries;
  }

  /** Empty for a segment so short that nothing is left of it in ms. */
  private static Optional<Entry> entry(String[] fields) {
    if (fields.length < LEAST_FIELDS) {
      throw new IllegalArgumentException(
          "%d fields, a SPEAKER has at least %d".formatted(fields.length, LEAST_FIELDS));
    }
    long start = milliseconds(fields[START]);
    long duration = milliseconds(fields[DURATION]);
    if (duration == 0) {
      return Optional.empty();
    }
    Segment segment = new Segment(start, start + duration, fields[NAME]);
    return Optional.of(new Entry(fields[RECORDING], channel(fields[CHANNEL]), segment));
  }

  private static int channel(String number) {
    try {
      return Integer.parseInt(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("channel '%s' is no number".formatted(number), e);
    }
  }

  private static long milliseconds(String seconds) {
    double value;
    try {
      value = Double.parseDouble(seconds);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is no time in seconds".formatted(seconds), e);
    }
    if (!(Math.abs(value) < MOST_SECONDS)) {
      throw new IllegalArgumentException("%s s is no time of a recording".formatted(seconds));
    }
    return Math.round(value * 1000);
  }

  private static String word(String name) {
    return name.strip().replaceAll("\\s+", "_");
  }
}
