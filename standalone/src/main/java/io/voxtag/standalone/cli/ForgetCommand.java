package io.voxtag.standalone.cli;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.kafka.Broker;
import io.voxtag.schemas.kafka.KafkaSettings;
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
    description = "Erases a speaker everywhere, and waits until that is done.",
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

  @Override
  public Integer call() {
    KafkaSettings settings = kafka.settings();
    Broker.await(settings);
    try (Speakers speakers = new Speakers(settings)) {
      Set<EnrollmentKey> all = speakers.recordings();
      Set<EnrollmentKey> keys =
          all.stream()
              .filter(key -> key.speakerId().equals(speaker))
              .collect(Collectors.toCollection(LinkedHashSet::new));
      if (keys.isEmpty()) {
        throw CommandException.failed(unknown(all));
      }
      keys.forEach(speakers::erase);
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
    return ExitCodes.OK;
  }

  private String unknown(Set<EnrollmentKey> recordings) {
    String known =
        recordings.stream()
            .map(EnrollmentKey::speakerId)
            .distinct()
            .sorted()
            .limit(10)
            .collect(Collectors.joining(", "));
    return "nobody is enrolled as '%s'%s"
        .formatted(speaker, known.isEmpty() ? ": nobody is enrolled at all" : "; known: " + known);
  }
}
