package io.voxtag.standalone.diarize;

import io.voxtag.scoring.diarization.Rttm;
import io.voxtag.scoring.diarization.Segment;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the truth about a recording from an RTTM file. */
public final class References {

  private References() {}

  /**
   * The segments of a recording: those under its name, or all where the file has one recording
   * only.
   *
   * @param recording name of the recording without folder and extension
   * @throws io.voxtag.scoring.diarization.RttmFormatException if a line is malformed
   * @throws IOException if the file cannot be read or has only other recordings
   */
  public static List<Segment> read(Path file, String recording) throws IOException {
    List<Rttm.Entry> entries;
    try {
      entries = Rttm.parse(file.toString(), Files.readAllLines(file));
    } catch (MalformedInputException e) {
      throw new FileSystemException(file.toString(), null, "not a text in UTF-8");
    }
    List<String> recordings = entries.stream().map(Rttm.Entry::recording).distinct().toList();
    String name = recordings.size() == 1 ? recordings.get(0) : recording;
    if (!recordings.contains(name)) {
      throw new FileSystemException(
          file.toString(),
          null,
          recordings.isEmpty()
              ? "no SPEAKER lines in it"
              : "no recording %s in it, only %s".formatted(name, String.join(", ", recordings)));
    }
    return entries.stream()
        .filter(entry -> entry.recording().equals(name))
        .map(Rttm.Entry::segment)
        .toList();
  }
}
