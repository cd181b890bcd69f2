package io.voxtag.standalone.diarize;

import io.voxtag.scoring.diarization.Grouping;
import io.voxtag.scoring.diarization.SpeechPiece;
import io.voxtag.standalone.diarize.Diarization.Speaker;
import io.voxtag.standalone.diarize.Diarization.Turn;
import java.util.ArrayList;
import java.util.List;

/** Joins windows of one voice to turns. */
final class Turns {

  /** A pause that does not end a turn of somebody who goes on alone, ms. */
  private static final long PAUSE_MS = 500;

  private Turns() {}

  static Diarization of(List<SpeechPiece> pieces, Grouping groups, List<VoiceNames.Name> names) {
    List<Turn> turns = new ArrayList<>();
    long[] speechMs = new long[names.size()];
    int from = 0;
    while (from < pieces.size()) {
      int label = groups.labels()[from];
      int to = from + 1;
      while (to < pieces.size()
          && groups.labels()[to] == label
          && ms(pieces.get(to).ownFrom() - pieces.get(to - 1).ownTo()) <= PAUSE_MS) {
        to++;
      }
      double certain = 0;
      long ownMs = 0;
      for (int i = from; i < to; i++) {
        long own = ms(pieces.get(i).ownTo() - pieces.get(i).ownFrom());
        certain += own * groups.certainty()[i];
        ownMs += own;
      }
      speechMs[label] += ownMs;
      turns.add(
          new Turn(
              ms(pieces.get(from).ownFrom()),
              ms(pieces.get(to - 1).ownTo()),
              names.get(label).name(),
              certain / ownMs));
      from = to;
    }
    return new Diarization(turns, speakers(names, speechMs));
  }

  private static List<Speaker> speakers(List<VoiceNames.Name> names, long[] speechMs) {
    List<Speaker> speakers = new ArrayList<>();
    for (int i = 0; i < speechMs.length; i++) {
      VoiceNames.Name name = names.get(i);
      speakers.add(new Speaker(name.name(), name.known(), name.score(), speechMs[i]));
    }
    return speakers;
  }

  private static long ms(int frames) {
    return (long) frames * SpeechPiece.FRAME_MS;
  }
}
