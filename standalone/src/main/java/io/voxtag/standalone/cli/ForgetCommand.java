package io.voxtag.standalone.cli;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.speakers.LabelledUtterances;
import io.voxtag.standalone.client.Speakers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voxtag forget}. */
@Command(
    name = "forget",
    description = {
      "Erases a speaker everywhere, and waits until that is done.",
      "Recordings for training are erased when the trainer next runs."
    },
    mixinStandardHelpOptions = true)
final class ForgetCommand implements Callable<Integer> {

  private final Output output;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Parameters(paramLabel = "SPEAKER", description = "Who is to be forgotten.")
  private String speaker = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for the answers. Default: ${DEFAULT-VALUE}.")
  private int timeoutSeconds;

  @Option(names = "--json", description = "Print each answer as a line of JSON.")
  private boolean json;

  ForgetCommand(Output output) {
    this.output = output;
  }

  /** What scripts read of the recordings for training. */
  record LabelledView(String speakerId, int labelledUtterances) {}

  @Override
  public Integer call() {
    KafkaSettings settings = kafka.reached();
    try (Speakers speakers = new Speakers(settings);
        LabelledUtterances utterances = new LabelledUtterances(settings)) {
      Set<EnrollmentKey> all = speakers.recordings();
      Set<EnrollmentKey> keys =
          all.stream()
              .filter(key -> key.speakerId().equals(speaker))
              .collect(Collectors.toCollection(LinkedHashSet::new));
      keys.forEach(speakers::erase);
      int labelled = utterances.eraseAll(speaker).size();
      if (keys.isEmpty() && labelled == 0) {
        throw CommandException.failed(unknown(all));
      }
      print(labelled);
      awaitAnswers(speakers, keys);
    }
    return ExitCodes.OK;
  }

  private void print(int labelled) {
    if (json) {
      output.json(new LabelledView(speaker, labelled));
    } else {
      output.line("%s  recordings for training: @|green %d erased|@".formatted(speaker, labelled));
    }
  }

  private void awaitAnswers(Speakers speakers, Set<EnrollmentKey> keys) {
    Set<EnrollmentKey> unanswered =
        speakers.await(
            keys,
            Duration.ofSeconds(timeoutSeconds),
            result -> {
              ResultView view = ResultView.of(result);
              if (json) {
                output.json(view);
              } else {
                output.line(view.text());
              }
            });
    if (!unanswered.isEmpty()) {
      throw CommandException.unavailable(
          "no answer within %d s to %d of %d erasures; they are stored and will be done when embedder and matcher run"
              .formatted(timeoutSeconds, unanswered.size(), keys.size()));
    }
  }

  private String unknown(Set<EnrollmentKey> recordings) {
    String known =
        recordings.stream()
            .map(EnrollmentKey::speakerId)
            .distinct()
            .sorted()
            .limit(10)
            .collect(Collectors.joining(", "));
    return "nobody is enrolled as '%s', and no recording for training is of that speaker; %s"
        .formatted(speaker, known.isEmpty() ? "nobody is enrolled at all" : "enrolled: " + known);
  }
}
