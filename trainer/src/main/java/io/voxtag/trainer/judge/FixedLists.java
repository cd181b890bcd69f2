package io.voxtag.trainer.judge;

import io.voxtag.evaluation.TrialList;
import io.voxtag.trainer.judge.Judge.FixedList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the fixed lists that a configuration names. */
public final class FixedLists {

  private FixedLists() {}

  /**
   * Reads lists.
   *
   * @param specs each {@code TRIALS} or {@code TRIALS;ENROLMENTS}
   * @param root folder that the lists and the paths in them begin at
   * @throws IOException if one cannot be read or is malformed
   */
  public static List<FixedList> read(List<String> specs, Path root) throws IOException {
    List<FixedList> lists = new ArrayList<>();
    for (String spec : specs) {
      String[] files = spec.split(";", 2);
      Path trials = root.resolve(files[0].strip());
      TrialList list =
          files.length == 1
              ? TrialList.read(trials)
              : TrialList.read(trials, root.resolve(files[1].strip()));
      String name = String.valueOf(trials.getFileName()).replaceFirst("\\.[^.]*$", "");
      lists.add(new FixedList(name, list, root));
    }
    return lists;
  }
}
