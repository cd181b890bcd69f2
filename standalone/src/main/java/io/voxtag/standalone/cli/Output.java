package io.voxtag.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command prints: results to {@code out}, as text or as one JSON object a line, and what
 * only a person wants to know to {@code err}. Thread-safe.
 */
final class Output {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .findAndRegisterModules()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  private final PrintWriter out;
  private final PrintWriter err;
  private final Ansi ansi;

  Output(PrintWriter out, PrintWriter err, Ansi ansi) {
    this.out = out;
    this.err = err;
    this.ansi = ansi;
  }

  /** Prints a line in which {@code @|style words|@} is coloured where this is a terminal. */
  synchronized void line(String markup) {
    out.println(ansi.string(markup));
    out.flush();
  }

  /** Prints a value as JSON on one line. */
  synchronized void json(Object value) {
    try {
      out.println(JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value, e);
    }
    out.flush();
  }

  /** Tells the user what goes on; never part of a result. */
  synchronized void note(String markup) {
    err.println(ansi.string(markup));
    err.flush();
  }

  /** Whether a person sits before it, who can be shown colours and changing lines. */
  boolean isTerminal() {
    return ansi.enabled();
  }

  /** Says how far something is: over the last such line on a terminal, as a new line elsewhere. */
  synchronized void progress(String text) {
    if (isTerminal()) {
      err.print("\r" + text + "\u001b[K");
    } else {
      err.println(text);
    }
    err.flush();
  }

  /** Ends the progress line. */
  synchronized void progressDone() {
    if (isTerminal()) {
      err.println();
      err.flush();
    }
  }
}
