package io.voxtag.standalone.cli;

import io.voxtag.matcher.registry.SpeakerRegistry;
import io.voxtag.standalone.runtime.RunningInstance;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which speaker registry a client command reads. */
final class RegistryOptions {

  private static final String DEFAULT = "redis://localhost:6379";

  @Option(
      names = "--redis",
      paramLabel = "URL",
      defaultValue = "${env:VOXTAG_REDIS}",
      description =
          "Redis of the speaker registry. Otherwise that of the 'voxtag up' that runs on the data "
              + "folder, otherwise "
              + DEFAULT
              + ".")
  private @Nullable String redis;

  @Mixin private final DataOption data = new DataOption();

  SpeakerRegistry connect() {
    return connect(named().orElse(DEFAULT));
  }

  /** The registry that is named or of a 'voxtag up' that runs; empty where there is neither. */
  Optional<SpeakerRegistry> connectIfNamed() {
    return named().map(RegistryOptions::connect);
  }

  private Optional<String> named() {
    return Optional.ofNullable(redis)
        .map(RegistryOptions::url)
        .or(() -> RunningInstance.on(data.path()).map(RunningInstance::redis));
  }

  private static SpeakerRegistry connect(String url) {
    try {
      return SpeakerRegistry.connect(URI.create(url));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--redis: " + e.getMessage());
    }
  }

  /** An address as people write it, with the scheme that it may lack. */
  static String url(String address) {
    return address.contains("://") ? address : "redis://" + address;
  }
}
