package io.voxtag.standalone.cli;

import io.voxtag.standalone.demo.Scoreboard.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The account of a demo as a table. */
final class DemoTable {

  private static final String FORM = "%-16s %3s  %-10s %8s %8s %9s  %s";

  private DemoTable() {}

  static List<String> lines(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "@|bold "
            + String.format(
                Locale.ROOT, FORM, "call", "leg", "speaker", "windows", "right", "after", "wrong")
            + "|@");
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private static String line(Row row) {
    String text =
        String.format(
            Locale.ROOT,
            FORM,
            row.call(),
            row.channel(),
            row.isSpeech() ? row.speaker() : "(silence)",
            row.windows(),
            row.correct(),
            row.isSpeech() && row.speechUntilRightMs() >= 0
                ? String.format(Locale.ROOT, "%.1f s", row.speechUntilRightMs() / 1000.0)
                : "",
            wrong(row));
    return row.correct() == row.windows() ? text : "@|yellow " + text + "|@";
  }

  private static String wrong(Row row) {
    return row.wrong().entrySet().stream()
        .map(entry -> entry.getValue() + " x " + entry.getKey())
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
