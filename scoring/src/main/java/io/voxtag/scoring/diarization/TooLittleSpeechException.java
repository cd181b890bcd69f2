package io.voxtag.scoring.diarization;

/** Fewer windows of speech than speakers that must be found in them. */
public final class TooLittleSpeechException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  TooLittleSpeechException(int windows, int speakers) {
    super(
        "%d speakers were asked for, but there are only %d windows of speech"
            .formatted(speakers, windows));
  }
}
