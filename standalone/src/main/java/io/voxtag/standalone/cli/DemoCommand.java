package io.voxtag.standalone.cli;

import io.voxtag.ingest.client.Pace;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.standalone.demo.Demo;
import io.voxtag.standalone.demo.DemoListener;
import io.voxtag.standalone.demo.Samples;
import io.voxtag.standalone.demo.Scoreboard;
import io.voxtag.standalone.runtime.RunningInstance;
import io.voxtag.standalone.runtime.Scenario;
import io.voxtag.standalone.runtime.Standalone;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code voxtag demo}. */
@Command(
    name = "demo",
    description = {
      "Runs everything in one process, enrols made-up voices, plays sample calls as if they were",
      "live, and compares the tags with the truth. Fails if fewer than 95 %% are right."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  /** The share of right tags that the demo must reach. */
  static final double REQUIRED_ACCURACY = 0.95;

  private final Output output;

  @Mixin private final ServerOptions servers = new ServerOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder to keep the data in. Default: a temporary one, deleted at the end.")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port for HTTP and WebSockets. Default: any free one.")
  private int port;

  @Option(
      names = "--samples",
      paramLabel = "DIR",
      description = "Folder with enrolment recordings, calls and truth. Default: samples.")
  private @Nullable Path samples;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "How much faster than live the calls are played. Default: ${DEFAULT-VALUE}.")
  private double speed;

  @Option(
      names = "--at-once",
      paramLabel = "LEGS",
      defaultValue = "1000",
      description = "How many legs are played at the same time, at most. Default: all.")
  private int atOnce;

  @Option(names = "--every-window", description = "Print the tag of every window.")
  private boolean everyWindow;

  @Option(names = "--json", description = "End with the result as a line of JSON.")
  private boolean json;

  DemoCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    if (!(speed > 0)) {
      throw CommandException.usage("--speed must be above 0, got " + speed);
    }
    if (atOnce < 1) {
      throw CommandException.usage("--at-once must be at least 1, got " + atOnce);
    }
    Samples calls = Samples.read(samples == null ? Home.path().resolve("samples") : samples);
    Ports.requireFree("--port", port);
    if (data != null) {
      return run(data, new Play(calls)::on, () -> {});
    }
    TemporaryFolder folder = new TemporaryFolder();
    int exitCode = run(folder.path(), keepIfBad(folder, calls), folder::delete);
    if (exitCode != ExitCodes.OK) {
      output.note("log and data are kept in " + folder.path());
    }
    return exitCode;
  }

  private int run(Path folder, Scenario scenario, Runnable afterwards) throws IOException {
    output.note("@|faint starting Kafka, Redis and the services ...|@");
    return Standalone.run(servers.on(folder, 0, 0, port, false), scenario, afterwards);
  }

  private Scenario keepIfBad(TemporaryFolder folder, Samples calls) {
    return instance -> {
      boolean good = false;
      try {
        int exitCode = new Play(calls).on(instance);
        good = exitCode == ExitCodes.OK;
        return exitCode;
      } finally {
        if (!good) {
          folder.keep();
        }
      }
    };
  }

  /** One run of the demo on the terminal. */
  private final class Play implements DemoListener {

    private final Samples calls;
    private final TagLines lines = new TagLines(everyWindow);
    private final Set<String> known = new HashSet<>();

    Play(Samples calls) {
      this.calls = calls;
    }

    int on(RunningInstance instance) throws IOException, InterruptedException {
      output.note("watch it at @|bold " + instance.http() + "/|@ while it plays");
      output.note("@|faint enrolling %d voices ...|@".formatted(calls.enrolment().size()));
      Demo demo =
          new Demo(
              calls,
              KafkaConnection.to(instance.kafka()),
              URI.create(instance.http()),
              new Pace(speed),
              atOnce,
              this);
      return conclude(demo.run());
    }

    @Override
    public void answered(EnrollmentResult result) {
      if (result.getOutcome() != EnrollmentOutcome.ACCEPTED) {
        output.note(ResultView.of(result).text());
      } else if (known.add(result.getSpeakerId())) {
        output.note("@|faint enrolled %s|@".formatted(result.getSpeakerId()));
      }
    }

    @Override
    public void calling(int count, int legs) {
      output.note(
          "@|faint %d calls with %d legs begin at %s speed|@"
              .formatted(count, legs, speed == 1 ? "live" : speed + " times live"));
    }

    @Override
    public void tagged(SpeakerTag tag) {
      lines.of(tag).ifPresent(output::line);
    }

    private int conclude(Scoreboard scoreboard) {
      output.line("");
      DemoTable.lines(scoreboard.rows()).forEach(output::line);
      output.line("");
      Scoreboard.Summary summary = scoreboard.summary();
      boolean good = summary.accuracy() >= REQUIRED_ACCURACY;
      output.line(
          String.format(
              Locale.ROOT,
              "@|bold,%s %d of %d windows of speech are right: %.1f %%|@ (at least %.0f %% needed)",
              good ? "green" : "red",
              summary.correct(),
              summary.windows(),
              100 * summary.accuracy(),
              100 * REQUIRED_ACCURACY));
      scoreboard
          .medianSpeechUntilRightMs()
          .ifPresent(
              ms ->
                  output.line(
                      String.format(
                          Locale.ROOT, "speech until the right name: median %.1f s", ms / 1000.0)));
      output.line(
          "latency from the last sample of a window to its tag: p50 %d ms, p99 %d ms"
              .formatted(summary.latencyMsP50(), summary.latencyMsP99()));
      output.line(
          "windows where nobody speaks but somebody was named: " + scoreboard.namedInSilence());
      if (json) {
        output.json(summary);
      }
      return good ? ExitCodes.OK : ExitCodes.FAILED;
    }
  }
}
