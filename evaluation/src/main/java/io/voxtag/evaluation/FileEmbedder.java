package io.voxtag.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Turns recordings into voiceprints. */
public interface FileEmbedder {

  /**
   * The voice in a whole recording, all its channels mixed.
   *
   * @return a vector of unit length
   * @throws IOException if the recording cannot be read or is not usable audio
   */
  float[] embed(Path file) throws IOException;

  /** The voice in several recordings of one speaker: their mean, of unit length. */
  default float[] embedAll(List<Path> files) throws IOException {
    float[][] vectors = new float[files.size()][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = embed(files.get(i));
    }
    return MeanVoice.of(List.of(vectors));
  }
}
