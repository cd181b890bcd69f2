package io.voxtag.scoring.diarization;

/** A line of an RTTM file that is not as it should be. */
public final class RttmFormatException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  RttmFormatException(String file, int line, String problem) {
    super("%s, line %d: %s".formatted(file, line, problem));
  }
}
