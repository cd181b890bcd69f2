package io.voxtag.standalone;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.voxtag.standalone.cli.CommandLines;

/**
 * The {@code voxtag} command. Quarkus starts only for the commands that run services; all others
 * are plain programs.
 */
@QuarkusMain
public final class Voxtag {

  private Voxtag() {}

  public static void main(String[] args) {
    System.exit(CommandLines.run(args));
  }
}
