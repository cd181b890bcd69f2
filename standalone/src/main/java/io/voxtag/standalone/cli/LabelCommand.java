package io.voxtag.standalone.cli;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.speakers.LabelledUtterances;
import io.voxtag.schemas.speakers.LabelledUtterances.Origin;
import io.voxtag.standalone.client.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code voxtag label}. */
@Command(
    name = "label",
    description = {
      "Offers recordings of a known speaker for training. The same recording again changes nothing.",
      "Recordings longer than a minute are cut into several.",
      "The trainer checks them when it reads them; what it refuses is in labelled-utterances.dlq."
    },
    mixinStandardHelpOptions = true)
final class LabelCommand implements Callable<Integer> {

  private final Output output;

  @Spec private CommandSpec spec;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final ClipOptions recordings = new ClipOptions();

  @Option(
      names = "--source",
      paramLabel = "TEXT",
      defaultValue = "voxtag label",
      description =
          "Where the recordings come from, for example \"archive 2024\". Default: "
              + "${DEFAULT-VALUE}.")
  private String source = "";

  @Option(
      names = "--consent",
      paramLabel = "TEXT",
      defaultValue = "confirmed by the operator of voxtag label",
      description =
          "The ground on which the recordings may be used for training, kept with them. Default: "
              + "${DEFAULT-VALUE}.")
  private String consent = "";

  @Option(
      names = "--recorded-at",
      paramLabel = "TIME",
      description =
          "When they were recorded, for example 2024-05-04 or 2024-05-04T09:30:00Z. Default: when "
              + "the file was last changed.")
  private @Nullable String recordedAt;

  @Option(
      names = "--utterance",
      paramLabel = "ID",
      description =
          "Name of the recording among those of the speaker, for one file of up to a minute. "
              + "Default: the file's name and a digest of its audio.")
  private @Nullable String utterance;

  @Option(names = "--json", description = "Print a line of JSON for each recording.")
  private boolean json;

  LabelCommand(Output output) {
    this.output = output;
  }

  /** What scripts read; the time is milliseconds since the epoch. */
  record View(String speakerId, String utteranceId, int bytes, long recordedAt) {}

  private record Offer(Clip clip, Instant recordedAt) {}

  @Override
  public Integer call() throws IOException {
    Map<EnrollmentKey, Offer> offers = offers();
    Consent ground = recordings.consent(consent);
    KafkaSettings settings = kafka.reached();
    try (LabelledUtterances utterances = new LabelledUtterances(settings)) {
      offers.forEach(
          (key, offer) -> {
            utterances.publish(
                key, offer.clip().audio(), new Origin(source, ground, offer.recordedAt()));
            print(key, offer);
          });
    }
    return ExitCodes.OK;
  }

  /** All recordings, read before the first one is sent: a wrong file stops the command. */
  private Map<EnrollmentKey, Offer> offers() throws IOException {
    Instant given = recordedAt == null ? null : parse(recordedAt);
    Map<EnrollmentKey, Offer> offers = new LinkedHashMap<>();
    for (Path file : recordings.files()) {
      for (Clip clip : recordings.clips(file)) {
        String name = utterance == null ? clip.utteranceId() : utterance;
        Instant time = given == null ? Files.getLastModifiedTime(file).toInstant() : given;
        if (offers.put(new EnrollmentKey(recordings.speaker(), name), new Offer(clip, time)) != null
            && utterance != null) {
          throw wrong("--utterance names one recording of up to a minute, and here are several");
        }
      }
    }
    return offers;
  }

  private Instant parse(String time) {
    try {
      return time.contains("T")
          ? OffsetDateTime.parse(time).toInstant()
          : LocalDate.parse(time).atStartOfDay(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeParseException e) {
      throw wrong(
          "--recorded-at is '%s', must be like 2024-05-04 or 2024-05-04T09:30:00Z".formatted(time));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void print(EnrollmentKey key, Offer offer) {
    int bytes = offer.clip().audio().getData().remaining();
    if (json) {
      output.json(
          new View(key.speakerId(), key.utteranceId(), bytes, offer.recordedAt().toEpochMilli()));
    } else {
      output.line("%s  %s  @|green published|@".formatted(key.speakerId(), key.utteranceId()));
    }
  }
}
