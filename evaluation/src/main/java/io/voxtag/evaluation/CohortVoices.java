package io.voxtag.evaluation;

import io.voxtag.evaluation.SpeakerList.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes cohorts for score normalisation: the mean voice of each of many speakers. */
public final class CohortVoices {

  private CohortVoices() {}

  /**
   * The voices of speakers of a list, in the order of their names.
   *
   * @param list recordings of speakers that are in no trial and will not be enrolled
   * @param root folder that the paths of the list begin at
   * @param most speakers, taken at random where the list has more
   * @param seed of that choice
   * @throws TrialAudioException if a recording cannot be used; it names its line
   */
  public static List<float[]> of(
      SpeakerList list,
      FileEmbedder embedder,
      Path root,
      int most,
      long seed,
      Evaluation.Progress progress) {
    Map<String, List<String>> recordings = new TreeMap<>();
    for (Entry entry : list.entries()) {
      recordings
          .computeIfAbsent(entry.speaker(), speaker -> new ArrayList<>())
          .add(entry.recording());
    }
    List<String> chosen = new ArrayList<>(recordings.keySet());
    Collections.shuffle(chosen, new Random(seed));
    recordings.keySet().retainAll(chosen.subList(0, Math.min(most, chosen.size())));
    Map<String, ListLine> needed = new LinkedHashMap<>(list.recordings());
    needed
        .keySet()
        .retainAll(recordings.values().stream().flatMap(List::stream).collect(Collectors.toSet()));
    Map<String, float[]> voices = new Recordings(root, progress).embed(needed, embedder);
    return recordings.values().stream()
        .map(files -> MeanVoice.of(files.stream().map(voices::get).toList()))
        .toList();
  }
}
