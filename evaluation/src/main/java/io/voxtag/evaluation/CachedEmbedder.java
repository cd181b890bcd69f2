package io.voxtag.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Remembers the voice of each recording, some 4 bytes a value. Belongs to one thread. */
public final class CachedEmbedder implements FileEmbedder {

  private final FileEmbedder embedder;
  private final Map<Path, float[]> known = new HashMap<>();

  /** Asks the given embedder for what is not known yet. */
  public CachedEmbedder(FileEmbedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public float[] embed(Path file) throws IOException {
    float[] voice = known.get(file);
    if (voice == null) {
      voice = embedder.embed(file);
      known.put(file, voice);
    }
    return voice;
  }
}
