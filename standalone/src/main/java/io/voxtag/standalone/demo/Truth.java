package io.voxtag.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who really speaks when in the sample calls.
 *
 * @param stretches one for each spoken sentence, as in the file
 */
public record Truth(List<Stretch> stretches) {

  /** Less speech than this in a window is not counted, milliseconds. */
  static final long MIN_SPEECH_MS = 1500;

  /** The share of a window's speech that one speaker must have for the window to be theirs. */
  static final double CLEAR_SHARE = 0.8;

  private static final int COLUMNS = 5;

  public Truth {
    stretches = List.copyOf(stretches);
  }

  /**
   * A sentence.
   *
   * @param call the call
   * @param channel the leg
   * @param startMs its start on the clock of the leg, milliseconds
   * @param endMs its end, milliseconds
   * @param speaker who says it
   */
  public record Stretch(String call, int channel, long startMs, long endMs, String speaker) {

    private long insideMs(long fromMs, long toMs) {
      return Math.max(0, Math.min(endMs, toMs) - Math.max(startMs, fromMs));
    }
  }

  /**
   * Reads a table of tab-separated values with a heading: call, channel, start and end in ms,
   * speaker.
   *
   * @throws SampleException if a row is not like that
   * @throws IOException if the file cannot be read
   */
  public static Truth read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<Stretch> stretches = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] columns = lines.get(i).split("\t", -1);
      try {
        if (columns.length != COLUMNS) {
          throw new NumberFormatException("it has " + columns.length + " columns");
        }
        stretches.add(
            new Stretch(
                columns[0],
                Integer.parseInt(columns[1]),
                Long.parseLong(columns[2]),
                Long.parseLong(columns[3]),
                columns[4]));
      } catch (NumberFormatException e) {
        throw new SampleException(
            "%s, line %d: expected call, channel, start ms, end ms and speaker between tabs: %s"
                .formatted(file, i + 1, e.getMessage()));
      }
    }
    return new Truth(stretches);
  }

  /** The calls that are described, in the order of the file. */
  public List<String> calls() {
    return stretches.stream().map(Stretch::call).distinct().toList();
  }

  /**
   * The one speaker who clearly has a window: at least 1.5 s of speech in it, 80 % of it theirs.
   * Empty for silence, for too little speech and where two speakers share it.
   */
  public Optional<String> clearSpeaker(String call, int channel, long startMs, long endMs) {
    Map<String, Long> speech = new TreeMap<>();
    for (Stretch stretch : stretches) {
      if (stretch.call().equals(call) && stretch.channel() == channel) {
        speech.merge(stretch.speaker(), stretch.insideMs(startMs, endMs), Long::sum);
      }
    }
    long all = speech.values().stream().mapToLong(Long::longValue).sum();
    if (all < MIN_SPEECH_MS) {
      return Optional.empty();
    }
    return speech.entrySet().stream()
        .filter(entry -> entry.getValue() >= CLEAR_SHARE * all)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** What a speaker has said on a leg until a moment of its clock, milliseconds. */
  long speechMs(String call, int channel, String speaker, long untilMs) {
    return stretches.stream()
        .filter(s -> s.call().equals(call) && s.channel() == channel)
        .filter(s -> s.speaker().equals(speaker))
        .mapToLong(s -> s.insideMs(0, untilMs))
        .sum();
  }

  /** Whether nobody says anything in a window. */
  public boolean isSilent(String call, int channel, long startMs, long endMs) {
    return stretches.stream()
        .filter(s -> s.call().equals(call) && s.channel() == channel)
        .allMatch(s -> s.insideMs(startMs, endMs) == 0);
  }
}
