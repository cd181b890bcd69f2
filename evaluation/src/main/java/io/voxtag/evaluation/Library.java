package io.voxtag.evaluation;

import io.voxtag.scoring.CohortStatistics;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.scoring.UnitVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Known voices in memory.
 *
 * @param voices by speaker a vector of unit length
 */
public record Library(Map<String, float[]> voices) {

  /**
   * A speaker and how alike the voice is.
   *
   * @param score cosine, -1 to 1, or deviations where scores are normalised
   */
  public record Match(String speakerId, double score) {}

  /**
   * Reads a folder with a folder for each speaker, named like the speaker, full of recordings.
   *
   * @throws IOException if it is no such folder, or a recording cannot be read
   */
  public static Library of(Path folder, FileEmbedder embedder, Evaluation.Progress progress)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(
          folder + ": expected a folder that holds a folder of recordings for each speaker");
    }
    List<Path> speakers = list(folder).stream().filter(Files::isDirectory).toList();
    Map<String, float[]> voices = new LinkedHashMap<>();
    for (Path speaker : speakers) {
      List<Path> recordings = list(speaker).stream().filter(Files::isRegularFile).toList();
      if (!recordings.isEmpty()) {
        voices.put(speaker.getFileName().toString(), embedder.embedAll(recordings));
      }
      progress.at(voices.size(), speakers.size());
    }
    return new Library(voices);
  }

  /**
   * The most alike voices, best first.
   *
   * @param norm how scores are normalised
   */
  public List<Match> best(float[] voice, ScoreNorm norm, int most) {
    CohortStatistics statistics = norm.of(voice);
    return voices.entrySet().stream()
        .map(
            known ->
                new Match(
                    known.getKey(),
                    statistics.normalise(
                        UnitVectors.cosine(voice, known.getValue()), norm.of(known.getValue()))))
        .sorted(Comparator.comparingDouble(Match::score).reversed())
        .limit(most)
        .toList();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
