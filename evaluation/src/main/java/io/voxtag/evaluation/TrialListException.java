package io.voxtag.evaluation;

import java.nio.file.Path;

/** A list of trials or of enrolment files with a line that is not as it should be. */
public final class TrialListException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrialListException(Path file, int line, String problem) {
    super("%s, line %d: %s".formatted(file, line, problem));
  }

  TrialListException(Path file, String problem) {
    super("%s: %s".formatted(file, problem));
  }
}
