package io.voxtag.trainer.judge;

import io.voxtag.evaluation.SpeakerList;
import io.voxtag.trainer.run.Recording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Labelled recordings as evaluations take them. */
final class Lists {

  /** Folder that their paths begin at: they are absolute. */
  static final Path ROOT = Path.of("/");

  private Lists() {}

  /**
   * The recordings as a list.
   *
   * @param name what messages call it
   */
  static SpeakerList of(List<Recording> recordings, String name) {
    List<SpeakerList.Entry> entries = new ArrayList<>();
    for (Recording recording : recordings) {
      entries.add(
          new SpeakerList.Entry(
              entries.size() + 1,
              recording.file().toAbsolutePath().toString(),
              recording.speaker(),
              null));
    }
    return new SpeakerList(Path.of(name), entries);
  }
}
