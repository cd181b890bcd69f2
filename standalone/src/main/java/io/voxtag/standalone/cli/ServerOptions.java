package io.voxtag.standalone.cli;

import io.voxtag.standalone.runtime.StandaloneOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands that run the services share. */
final class ServerOptions {

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:VOXTAG_KAFKA}",
      description = "Use this Kafka instead of one in this process.")
  private @Nullable String kafka;

  @Option(
      names = "--redis",
      paramLabel = "URL",
      defaultValue = "${env:VOXTAG_REDIS}",
      description = "Use this Redis (redis://host:port) instead of one beside this process.")
  private @Nullable String redis;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Address that the HTTP server listens on. Default: ${DEFAULT-VALUE}.")
  private String host = "127.0.0.1";

  @Option(
      names = {"-v", "--verbose"},
      description = "Print what the services log.")
  private boolean verbose;

  @Mixin private final ModelOptions model = new ModelOptions();

  StandaloneOptions on(Path data, int kafkaPort, int redisPort, int httpPort, boolean training) {
    return new StandaloneOptions(
        data,
        Optional.ofNullable(kafka),
        kafkaPort,
        Optional.ofNullable(redis).map(RegistryOptions::url),
        redisPort,
        host,
        httpPort,
        model.path(),
        model.device(),
        training,
        verbose);
  }
}
