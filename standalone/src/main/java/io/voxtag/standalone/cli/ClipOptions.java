package io.voxtag.standalone.cli;

import io.voxtag.schemas.event.Consent;
import io.voxtag.standalone.client.Clip;
import io.voxtag.standalone.client.Clips;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recordings of one speaker on the command line, and where the proof of their consent is. */
final class ClipOptions {

  @Parameters(index = "0", paramLabel = "SPEAKER", description = "Who speaks in the recordings.")
  private String speaker = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "WAV, FLAC, MP3 or Ogg Opus, of this speaker alone.")
  private List<Path> files = List.of();

  @Option(
      names = "--consent-reference",
      paramLabel = "TEXT",
      description = "Where the proof is kept, for example a document number.")
  private @Nullable String reference;

  @Option(
      names = "--channel",
      paramLabel = "N",
      description = "Only this channel of the recordings, from 0; otherwise all of them mixed.")
  private @Nullable Integer channel;

  String speaker() {
    return speaker;
  }

  List<Path> files() {
    return files;
  }

  /** A recording in pieces of up to a minute. */
  List<Clip> clips(Path file) throws IOException {
    return Clips.of(file, channel);
  }

  /**
   * A consent given now.
   *
   * @param basis its ground in words
   */
  Consent consent(String basis) {
    return Consent.newBuilder()
        .setBasis(basis)
        .setReference(reference)
        .setGivenAt(Instant.now())
        .build();
  }
}
