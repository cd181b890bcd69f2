package io.voxtag.standalone.cli;

import io.voxtag.ingest.client.CallStreamClient;
import io.voxtag.ingest.client.Pace;
import io.voxtag.standalone.client.Leg;
import io.voxtag.standalone.client.LiveCalls;
import io.voxtag.standalone.runtime.RunningInstance;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voxtag stream}. */
@Command(
    name = "stream",
    description = {
      "Streams recordings as live calls, all at once. Each file is a call and each channel in it a",
      "leg; with --call all files are legs of one call. Follow the tags with 'voxtag tags'."
    },
    mixinStandardHelpOptions = true)
final class StreamCommand implements Callable<Integer> {

  private static final String DEFAULT = "http://localhost:8080";
  private static final String UNLIMITED = "max";
  private static final long POLL_MS = 200;

  private final Output output;

  @Mixin private final DataOption data = new DataOption();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "WAV, FLAC, MP3 or Ogg Opus.")
  private List<Path> files = List.of();

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:VOXTAG_URL}",
      description =
          "Where ingest listens. Otherwise the 'voxtag up' that runs on the data folder, otherwise "
              + DEFAULT
              + ".")
  private @Nullable URI url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:VOXTAG_INGEST_TOKEN}",
      description =
          "What ingest lets in by; better in the environment, as VOXTAG_INGEST_TOKEN, where other"
              + " users of the machine do not see it.")
  private @Nullable String token;

  @Option(
      names = "--call",
      paramLabel = "ID",
      description = "Name of the call. Default: the name of each file without its ending.")
  private @Nullable String call;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description =
          "How much faster than live, or "
              + UNLIMITED
              + " for as fast as it is taken. Default: ${DEFAULT-VALUE}.")
  private String speed = "1";

  StreamCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Pace pace = pace();
    List<Leg> legs = Leg.of(calls());
    try (LiveCalls calls = new LiveCalls(client(), legs, pace, legs.size())) {
      Meter meter = new Meter(output, "s of audio");
      while (!calls.await(POLL_MS)) {
        meter.at(seconds(calls.sentMs()), seconds(calls.totalMs()));
      }
      meter.done();
      output.line(
          "streamed %d legs, %d s of audio".formatted(legs.size(), seconds(calls.totalMs())));
    }
    return ExitCodes.OK;
  }

  private Map<String, List<Path>> calls() {
    Map<String, List<Path>> calls = new LinkedHashMap<>();
    for (Path file : files) {
      String name = call == null ? baseName(file) : call;
      List<Path> legs = calls.computeIfAbsent(name, key -> new ArrayList<>());
      if (call == null && !legs.isEmpty()) {
        throw CommandException.usage(
            "two files are named %s: stream them one after the other, or as legs of one call with"
                    .formatted(name)
                + " --call");
      }
      legs.add(file);
    }
    return calls;
  }

  private static String baseName(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }

  private CallStreamClient client() {
    CallStreamClient client = new CallStreamClient(server());
    return token == null ? client : client.withToken(token);
  }

  private URI server() {
    return Optional.ofNullable(url)
        .or(() -> RunningInstance.on(data.path()).map(RunningInstance::http).map(URI::create))
        .orElse(URI.create(DEFAULT));
  }

  private Pace pace() {
    if (speed.equals(UNLIMITED)) {
      return Pace.UNLIMITED;
    }
    try {
      return new Pace(Double.parseDouble(speed));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          "--speed must be a number above 0 or %s, got %s".formatted(UNLIMITED, speed));
    }
  }

  private static int seconds(long milliseconds) {
    return Math.toIntExact(milliseconds / 1000);
  }
}
