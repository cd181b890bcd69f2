package io.voxtag.standalone.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * What lies in a folder.
 *
 * @param utterances usable recordings, by their paths
 * @param leftOut the others, by their paths
 */
public record Dataset(List<Utterance> utterances, List<LeftOut> leftOut) {

  /**
   * A usable recording.
   *
   * @param seconds its length
   */
  public record Utterance(Path file, String speaker, double seconds) {}

  /** A recording that is not used, and why. */
  public record LeftOut(Path file, String reason) {}

  public Dataset {
    utterances = List.copyOf(utterances);
    leftOut = List.copyOf(leftOut);
  }

  /** Names of the speakers, in order. */
  public List<String> speakers() {
    return speakers(utterances);
  }

  static List<String> speakers(List<Utterance> utterances) {
    return utterances.stream().map(Utterance::speaker).distinct().sorted().toList();
  }
}
