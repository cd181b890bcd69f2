package io.voxtag.standalone.cli;

import io.voxtag.matcher.registry.EnrolledSpeaker;
import io.voxtag.matcher.registry.SpeakerRegistry;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code voxtag speakers}. */
@Command(name = "speakers", description = "Lists who is enrolled.", mixinStandardHelpOptions = true)
final class SpeakersCommand implements Callable<Integer> {

  private static final String FORM = "%-24s %10s  %-16s  %s";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
          .withLocale(Locale.UK)
          .withZone(ZoneId.systemDefault());

  private final Output output;

  @Mixin private final RegistryOptions registry = new RegistryOptions();

  @Option(names = "--json", description = "Print a line of JSON for each speaker.")
  private boolean json;

  SpeakersCommand(Output output) {
    this.output = output;
  }

  /** What scripts read; times are milliseconds since the epoch. */
  record View(
      String modelVersion,
      String speakerId,
      int utterances,
      String consentBasis,
      long firstRequestedAt,
      long lastRequestedAt) {}

  @Override
  public Integer call() {
    try (SpeakerRegistry speakers = registry.connect()) {
      Set<String> versions = speakers.versions();
      for (String version : versions) {
        print(version, speakers.speakers(version));
      }
      if (versions.isEmpty() && !json) {
        output.line("nobody is enrolled");
      }
    }
    return ExitCodes.OK;
  }

  private void print(String version, List<EnrolledSpeaker> speakers) {
    if (json) {
      speakers.forEach(speaker -> output.json(view(version, speaker)));
      return;
    }
    output.line("@|bold model %s: %d speakers|@".formatted(version, speakers.size()));
    if (!speakers.isEmpty()) {
      output.line(
          "@|faint "
              + String.format(Locale.ROOT, FORM, "speaker", "recordings", "last", "consent")
              + "|@");
    }
    for (EnrolledSpeaker speaker : speakers) {
      output.line(
          String.format(
              Locale.ROOT,
              FORM,
              speaker.speakerId(),
              speaker.utterances(),
              TIME.format(speaker.lastRequestedAt()),
              speaker.consentBasis()));
    }
  }

  private static View view(String version, EnrolledSpeaker speaker) {
    return new View(
        version,
        speaker.speakerId(),
        speaker.utterances(),
        speaker.consentBasis(),
        speaker.firstRequestedAt().toEpochMilli(),
        speaker.lastRequestedAt().toEpochMilli());
  }
}
