package io.voxtag.standalone.cli;

import io.voxtag.scoring.diarization.DiarizationError;
import io.voxtag.scoring.diarization.Rttm;
import io.voxtag.scoring.diarization.Segment;
import io.voxtag.standalone.diarize.Diarization;
import io.voxtag.standalone.diarize.Diarization.Speaker;
import io.voxtag.standalone.diarize.Diarization.Turn;
import io.voxtag.standalone.diarize.TimelinePicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a diarization is written to. */
final class DiarizeOutputs {

  private static final String FORM = "%10s  %10s  %-24s  %s";

  @Option(names = "--rttm", paramLabel = "FILE", description = "Write the turns as NIST RTTM.")
  private @Nullable Path rttm;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "Write a timeline as PNG, a row a speaker.")
  private @Nullable Path picture;

  @Option(
      names = "--reference",
      paramLabel = "FILE",
      description = "RTTM of who really speaks: print the diarization error rate, collar 0.25 s.")
  private @Nullable Path reference;

  @Option(names = "--json", description = "Print the result as a line of JSON.")
  private boolean json;

  /** What scripts read. */
  record Result(
      String recording, long durationMs, List<Channel> channels, @Nullable Errors errors) {}

  /** {@code channel} counts from 0; null for the mean of all channels. */
  record Channel(@Nullable Integer channel, List<Speaker> speakers, List<Turn> turns) {}

  /** {@code der} is a fraction of {@code speakerMs}, the scored time of the reference. */
  record Errors(double der, long speakerMs, long missedMs, long falseAlarmMs, long confusionMs) {}

  @Nullable Path reference() {
    return reference;
  }

  /** Prints and writes what was asked for. */
  void write(
      Output output,
      String name,
      boolean perChannel,
      List<Diarization> channels,
      long durationMs,
      @Nullable DiarizationError error)
      throws IOException {
    if (rttm != null) {
      Files.write(rttm, lines(name, channels));
    }
    if (picture != null) {
      List<String> rows =
          channels.stream()
              .flatMap(c -> c.speakers().stream())
              .map(Speaker::name)
              .distinct()
              .toList();
      List<Segment> segments = channels.stream().flatMap(c -> c.segments().stream()).toList();
      TimelinePicture.write(picture, name, rows, segments, durationMs);
    }
    Errors errors =
        error == null
            ? null
            : new Errors(
                error.rate(),
                error.speakerMs(),
                error.missedMs(),
                error.falseAlarmMs(),
                error.confusionMs());
    if (json) {
      List<Channel> views = new ArrayList<>();
      for (int i = 0; i < channels.size(); i++) {
        views.add(
            new Channel(
                perChannel ? Integer.valueOf(i) : null,
                channels.get(i).speakers(),
                channels.get(i).turns()));
      }
      output.json(new Result(name, durationMs, views, errors));
      return;
    }
    for (int i = 0; i < channels.size(); i++) {
      if (perChannel) {
        output.line("@|bold channel %d|@".formatted(i));
      }
      print(output, channels.get(i));
    }
    if (errors != null) {
      print(output, errors);
    }
  }

  private static List<String> lines(String name, List<Diarization> channels) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < channels.size(); i++) {
      for (Segment segment : channels.get(i).segments()) {
        lines.add(Rttm.line(new Rttm.Entry(name, i + 1, segment)));
      }
    }
    return lines;
  }

  private static void print(Output output, Diarization diarization) {
    if (diarization.turns().isEmpty()) {
      output.line("nobody speaks");
      return;
    }
    output.line(
        "@|faint " + String.format(Locale.ROOT, FORM, "from", "to", "who", "how sure") + "|@");
    for (Turn turn : diarization.turns()) {
      output.line(
          String.format(
              Locale.ROOT,
              FORM,
              time(turn.startMs()),
              time(turn.endMs()),
              turn.speaker(),
              String.format(Locale.ROOT, "%.2f", turn.certainty())));
    }
    for (Speaker speaker : diarization.speakers()) {
      String score =
          speaker.score() == null
              ? ""
              : String.format(
                  Locale.ROOT,
                  speaker.known() ? ", score %.3f" : ", nearest enrolled voice %.3f",
                  speaker.score());
      output.line(
          String.format(
              Locale.ROOT, "%s: %s of speech%s", speaker.name(), time(speaker.speechMs()), score));
    }
  }

  private static void print(Output output, Errors errors) {
    double all = errors.speakerMs();
    output.line(
        String.format(
            Locale.ROOT,
            "@|bold DER %.2f %%|@ (missed %.2f, false alarm %.2f, confusion %.2f) of %s",
            100 * errors.der(),
            100 * errors.missedMs() / all,
            100 * errors.falseAlarmMs() / all,
            100 * errors.confusionMs() / all,
            time(errors.speakerMs())));
  }

  private static String time(long ms) {
    return String.format(Locale.ROOT, "%d:%02d.%02d", ms / 60_000, ms / 1000 % 60, ms % 1000 / 10);
  }
}
