package io.voxtag.embedder.leg;

/** The metadata of a commit is not what {@link Checkpoint} writes. */
public final class CheckpointFormatException extends Exception {

  CheckpointFormatException(String metadata, String problem) {
    super("checkpoint metadata \"%s\": %s".formatted(metadata, problem));
  }
}
