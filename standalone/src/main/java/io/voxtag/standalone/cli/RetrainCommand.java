package io.voxtag.standalone.cli;

import io.voxtag.schemas.event.TrainingAction;
import io.voxtag.schemas.event.TrainingCommand;
import io.voxtag.schemas.event.TrainingEvent;
import io.voxtag.schemas.event.TrainingPhase;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.standalone.client.TrainingCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code voxtag retrain}. */
@Command(
    name = "retrain",
    description = {
      "Asks the trainer for a new model from the labelled recordings, and shows how far it is.",
      "A model that is better than the one in service comes into service by itself."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Ctrl-C ends the command, not the training: --cancel does. Exits with 0 where a model was",
      "published, with 1 where it was refused, cancelled or failed. docs/retraining.md says more."
    })
final class RetrainCommand implements Callable<Integer> {

  private final Output output;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Training configuration. Default: small steps from the base, with its network and"
              + " features.")
  private @Nullable Path config;

  @Option(
      names = "--base",
      paramLabel = "VERSION",
      description =
          "Model version to start from. Default: with --config random weights, without the"
              + " version in service.")
  private @Nullable String base;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only recordings made since then: 2026-11-01 or 2026-11-01T08:00:00Z.")
  private @Nullable String since;

  @Option(
      names = "--request",
      paramLabel = "ID",
      description = "Name of the request; the same one again does nothing. Default: a new one.")
  private @Nullable String request;

  @Option(names = "--cancel", paramLabel = "ID", description = "Cancels that request instead.")
  private @Nullable String cancel;

  @Option(names = "--no-wait", description = "Returns as soon as the trainer has accepted it.")
  private boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long to wait for the next event. Default: ${DEFAULT-VALUE}.")
  private int timeoutSeconds;

  @Option(names = "--json", description = "Print each event as a line of JSON.")
  private boolean json;

  private boolean published;

  RetrainCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    if (cancel != null && (config != null || base != null || since != null || request != null)) {
      throw CommandException.usage("--cancel goes with none of the options of a new training");
    }
    TrainingCommand command = command();
    KafkaSettings settings = kafka.reached();
    try (TrainingCommands commands = new TrainingCommands(settings)) {
      commands.send(command);
      if (!json) {
        output.line("request      " + command.getRequestId());
      }
      if (!commands.await(
          command.getRequestId(), Duration.ofSeconds(timeoutSeconds), this::heard)) {
        throw CommandException.unavailable(
            "no event of request %s within %d s; it is stored, and a trainer that starts takes it"
                .formatted(command.getRequestId(), timeoutSeconds));
      }
    }
    return published || cancel != null ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private TrainingCommand command() throws IOException {
    return TrainingCommand.newBuilder()
        .setRequestId(
            cancel != null ? cancel : request != null ? request : UUID.randomUUID().toString())
        .setAction(cancel != null ? TrainingAction.CANCEL : TrainingAction.START)
        .setConfig(config == null ? null : Files.readString(config))
        .setBaseVersion(base)
        .setSince(since == null ? null : time(since))
        .setRequestedAt(Instant.now())
        .build();
  }

  private static Instant time(String text) {
    try {
      return text.length() > "2026-11-01".length()
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw CommandException.usage(
          "--since is '" + text + "' but must be like 2026-11-01 or 2026-11-01T08:00:00Z");
    }
  }

  /** Whether nothing more is waited for. */
  private boolean heard(TrainingEvent event) {
    if (json) {
      output.json(TrainingEventView.of(event));
    } else {
      print(event);
    }
    published = event.getPhase() == TrainingPhase.PUBLISHED;
    return switch (event.getPhase()) {
      case PUBLISHED, REJECTED, CANCELLED, FAILED -> true;
      case ACCEPTED -> noWait && accept();
      default -> false;
    };
  }

  private boolean accept() {
    published = true;
    return true;
  }

  private void print(TrainingEvent event) {
    String phase = event.getPhase().name().toLowerCase(Locale.ROOT);
    if (event.getLoss() == null) {
      output.line(
          "%-12s %s%s"
              .formatted(
                  phase,
                  event.getModelVersion() == null ? "" : event.getModelVersion(),
                  event.getDetail() == null ? "" : "  " + event.getDetail()));
      return;
    }
    output.line(
        String.format(
            Locale.ROOT,
            "%-12s epoch %d of %d  loss %.3f  accuracy %.2f  %.0f samples a second  %d s left%s",
            phase,
            event.getEpoch() + 1,
            event.getEpochs(),
            event.getLoss(),
            event.getAccuracy(),
            event.getSamplesPerSecond(),
            event.getRemainingMs() / 1000,
            event.getEer() == null
                ? ""
                : String.format(Locale.ROOT, "  EER %.2f %%", 100 * event.getEer())));
  }
}
