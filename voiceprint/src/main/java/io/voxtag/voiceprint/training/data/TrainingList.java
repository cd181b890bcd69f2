package io.voxtag.voiceprint.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Utterances with their speakers.
 *
 * @param utterances in the order of the list
 * @param speakers names, in order of first appearance; their index is the class number
 */
public record TrainingList(List<Utterance> utterances, List<String> speakers) {
  /** How the names of files of extracted features end. */
  public static final String FEATURES = ".safetensors";

  /**
   * An utterance.
   *
   * @param path as the list gives it
   * @param file where it lies
   * @param speaker index into the speakers
   */
  public record Utterance(String path, Path file, int speaker) {

    /** Whether the file holds features that were extracted before, not audio. */
    public boolean isOfFeatures() {
      return path.endsWith(FEATURES);
    }
  }

  public TrainingList {
    utterances = List.copyOf(utterances);
    speakers = List.copyOf(speakers);
  }

  /**
   * Reads lines of {@code path<TAB>speaker}; blank ones are passed over.
   *
   * @param root folder that relative paths start from; those of features start from the folder of
   *     the list
   * @throws IllegalArgumentException naming the line that has another form
   */
  public static TrainingList read(Path list, Path root) throws IOException {
    Map<String, Integer> speakers = new LinkedHashMap<>();
    List<Utterance> utterances = new ArrayList<>();
    List<String> lines = Files.readAllLines(list);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      String[] parts = line.split("\t", -1);
      if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new IllegalArgumentException(
            list + ":" + (i + 1) + ": '" + line + "' must be a path, a tab and a speaker");
      }
      int speaker = speakers.computeIfAbsent(parts[1].strip(), name -> speakers.size());
      Path file =
          parts[0].endsWith(FEATURES) ? list.resolveSibling(parts[0]) : root.resolve(parts[0]);
      utterances.add(new Utterance(parts[0], file, speaker));
    }
    if (utterances.isEmpty()) {
      throw new IllegalArgumentException(list + " names no utterance");
    }
    return new TrainingList(utterances, List.copyOf(speakers.keySet()));
  }
}
