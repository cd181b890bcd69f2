package io.voxtag.standalone.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folder of a standalone Voxtag. */
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:VOXTAG_DATA}",
      description = "Folder that a standalone Voxtag keeps its data in. Default: ~/.voxtag.")
  private @Nullable Path folder;

  Path path() {
    return folder == null ? Path.of(System.getProperty("user.home"), ".voxtag") : folder;
  }
}
