package io.voxtag.standalone.cli;

import java.nio.file.Path;

/** The folder that Voxtag lies in, with its models and samples. */
final class Home {

  private Home() {}

  /** As the launcher says; otherwise the working directory. */
  static Path path() {
    return Path.of(System.getProperty("voxtag.home", ""));
  }
}
