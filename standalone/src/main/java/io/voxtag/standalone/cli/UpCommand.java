package io.voxtag.standalone.cli;

import io.voxtag.standalone.runtime.RunningInstance;
import io.voxtag.standalone.runtime.Standalone;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code voxtag up}. */
@Command(
    name = "up",
    description = "Runs everything in one process, until Ctrl-C. Data survives restarts.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  private final Output output;

  @Mixin private final ServerOptions servers = new ServerOptions();
  @Mixin private final DataOption data = new DataOption();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port for HTTP and WebSockets, 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description =
          "Port of the Kafka that is run here, 0 for any free one. " + "Default: ${DEFAULT-VALUE}.")
  private int kafkaPort;

  @Option(
      names = "--redis-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the Redis that is run here. Default: any free one.")
  private int redisPort;

  UpCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    Ports.requireFree("--port", port);
    return Standalone.run(
        servers.on(data.path(), kafkaPort, redisPort, port, true),
        instance -> {
          report(instance);
          new CountDownLatch(1).await();
          return ExitCodes.OK;
        },
        () -> {});
  }

  private void report(RunningInstance instance) {
    output.line("@|bold Voxtag is up.|@ Ctrl-C stops it.");
    output.line("  console  " + instance.http() + "/");
    output.line(
        "  calls    " + instance.http().replaceFirst("^http", "ws") + "/v1/calls/{call}/{leg}");
    output.line("  Kafka    " + instance.kafka());
    output.line("  Redis    " + instance.redis());
    output.line("  metrics  " + instance.http() + "/q/metrics");
    output.line("  health   " + instance.http() + "/q/health");
    output.line("  data     " + data.path().toAbsolutePath());
  }
}
