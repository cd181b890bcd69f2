package io.voxtag.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Embeds the recordings that a list names. */
final class Recordings {

  private final Path root;
  private final Evaluation.Progress progress;

  Recordings(Path root, Evaluation.Progress progress) {
    this.root = root;
    this.progress = progress;
  }

  /**
   * The voices in recordings, without those that have too little speech.
   *
   * @param needed by file the line that first names it, for messages
   * @throws TrialAudioException if a recording cannot be used
   */
  Map<String, float[]> embed(Map<String, ListLine> needed, FileEmbedder embedder) {
    Map<String, float[]> voices = new HashMap<>();
    int done = 0;
    for (Map.Entry<String, ListLine> entry : needed.entrySet()) {
      try {
        voices.put(entry.getKey(), embedder.embed(root.resolve(entry.getKey())));
      } catch (TooLittleSpeechException e) {
        // Its trials are left out, and counted.
      } catch (IOException e) {
        throw new TrialAudioException(entry.getValue(), e);
      }
      progress.at(++done, needed.size());
    }
    return voices;
  }
}
