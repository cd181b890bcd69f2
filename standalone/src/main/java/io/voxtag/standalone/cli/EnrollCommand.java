package io.voxtag.standalone.cli;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.standalone.client.Clip;
import io.voxtag.standalone.client.Speakers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code voxtag enroll}. */
@Command(
    name = "enroll",
    description = {
      "Enrols a speaker from recordings, and waits until each is accepted or refused.",
      "Recordings longer than a minute are cut into several."
    },
    mixinStandardHelpOptions = true)
final class EnrollCommand implements Callable<Integer> {

  private final Output output;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final ClipOptions recordings = new ClipOptions();

  @Option(
      names = "--consent",
      paramLabel = "TEXT",
      defaultValue = "confirmed by the operator of voxtag enroll",
      description =
          "The ground on which the voice may be stored, recorded with it. Default: "
              + "${DEFAULT-VALUE}.")
  private String consent = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for the answers. Default: ${DEFAULT-VALUE}.")
  private int timeoutSeconds;

  @Option(names = "--json", description = "Print each answer as a line of JSON.")
  private boolean json;

  EnrollCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    Map<EnrollmentKey, Clip> clips = new LinkedHashMap<>();
    for (Path file : recordings.files()) {
      for (Clip clip : recordings.clips(file)) {
        clips.put(new EnrollmentKey(recordings.speaker(), clip.utteranceId()), clip);
      }
    }
    KafkaSettings settings = kafka.reached();
    List<EnrollmentResult> refused = new ArrayList<>();
    Set<EnrollmentKey> unanswered;
    try (Speakers speakers = new Speakers(settings)) {
      Consent ground = recordings.consent(consent);
      clips.forEach((key, clip) -> speakers.enroll(key, clip.audio(), ground));
      unanswered =
          speakers.await(
              clips.keySet(),
              Duration.ofSeconds(timeoutSeconds),
              result -> {
                print(result);
                if (result.getOutcome() != EnrollmentOutcome.ACCEPTED) {
                  refused.add(result);
                }
              });
    }
    if (!unanswered.isEmpty()) {
      throw CommandException.unavailable(
          "no answer within %d s to %d of %d recordings; they are stored and will be enrolled when embedder and matcher run"
              .formatted(timeoutSeconds, unanswered.size(), clips.size()));
    }
    return refused.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private void print(EnrollmentResult result) {
    if (json) {
      output.json(ResultView.of(result));
    } else {
      output.line(ResultView.of(result).text());
    }
  }
}
