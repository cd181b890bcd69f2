package io.voxtag.trainer.run;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Recordings that a run trains on, and those of other speakers that its model is judged on.
 *
 * @param training of speakers whom the model gets to know
 * @param heldOut of speakers that no run ever trains on, each with two recordings at least
 */
public record SpeakerSplit(List<Recording> training, List<Recording> heldOut) {

  private static final int SHARES = 10_000;

  /**
   * Splits recordings. Whether a speaker is held out depends on the name alone, so that a speaker
   * stays held out over runs, and no model is judged on a voice that an earlier one, its base, was
   * trained on.
   *
   * @param share of the speakers to hold out, from 0 and below 1
   */
  public static SpeakerSplit of(List<Recording> recordings, double share) {
    Map<String, Long> counts =
        recordings.stream()
            .collect(Collectors.groupingBy(Recording::speaker, Collectors.counting()));
    Set<String> chosen = new HashSet<>();
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      if (entry.getValue() >= 2 && place(entry.getKey()) < share) {
        chosen.add(entry.getKey());
      }
    }
    List<Recording> training = new ArrayList<>();
    List<Recording> heldOut = new ArrayList<>();
    recordings.stream()
        .sorted(
            Comparator.comparing(Recording::speaker)
                .thenComparing(recording -> recording.file().toString()))
        .forEach(
            recording ->
                (chosen.contains(recording.speaker()) ? heldOut : training).add(recording));
    return new SpeakerSplit(List.copyOf(training), List.copyOf(heldOut));
  }

  /** Speakers to train on. */
  public long trainingSpeakers() {
    return training.stream().map(Recording::speaker).distinct().count();
  }

  /** Speakers held out. */
  public long heldOutSpeakers() {
    return heldOut.stream().map(Recording::speaker).distinct().count();
  }

  private static double place(String speaker) {
    CRC32 crc = new CRC32();
    crc.update(speaker.getBytes(StandardCharsets.UTF_8));
    return (double) (crc.getValue() % SHARES) / SHARES;
  }
}
