package io.voxtag.standalone.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Utterances of speakers to train on, and of other speakers to test with.
 *
 * @param train by their paths
 * @param test by their paths
 */
public record SpeakerSplit(List<Dataset.Utterance> train, List<Dataset.Utterance> test) {

  public SpeakerSplit {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /**
   * Keeps some speakers for tests, drawn by chance; equal seeds draw the same.
   *
   * @throws DatasetException if nobody would be left to train on
   */
  public static SpeakerSplit of(Dataset dataset, int testSpeakers, long seed) {
    List<String> speakers = new ArrayList<>(dataset.speakers());
    if (testSpeakers >= speakers.size() && testSpeakers > 0) {
      throw new DatasetException(
          "%d test speakers of %d speakers leave nobody to train on"
              .formatted(testSpeakers, speakers.size()));
    }
    Collections.shuffle(speakers, new Random(seed));
    Set<String> kept = new HashSet<>(speakers.subList(0, testSpeakers));
    List<Dataset.Utterance> train = new ArrayList<>();
    List<Dataset.Utterance> test = new ArrayList<>();
    for (Dataset.Utterance utterance : dataset.utterances()) {
      (kept.contains(utterance.speaker()) ? test : train).add(utterance);
    }
    return new SpeakerSplit(train, test);
  }
}
