package io.voxtag.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with recordings that enrol speakers, calls, and the truth about the calls.
 *
 * @param enrolment files of each speaker to enrol, by speaker
 * @param calls files of each call, in the order of its legs; one file may hold several legs
 * @param truth who speaks in the calls
 */
public record Samples(
    Map<String, List<Path>> enrolment, Map<String, List<Path>> calls, Truth truth) {

  /**
   * Reads {@code enrolment/<speaker>/*}, {@code calls/<call>.*} or {@code calls/<call>-<leg>.*},
   * and {@code calls/truth.tsv}.
   *
   * @throws SampleException if something of it is missing
   * @throws IOException if it cannot be read
   */
  public static Samples read(Path folder) throws IOException {
    Path truthFile = folder.resolve("calls").resolve("truth.tsv");
    if (!Files.isRegularFile(truthFile)) {
      throw new SampleException(
          "No sample calls in " + folder.toAbsolutePath() + ": calls/truth.tsv is missing");
    }
    Truth truth = Truth.read(truthFile);
    Map<String, List<Path>> calls = new TreeMap<>();
    List<Path> audio = list(truthFile.resolveSibling("."));
    for (String call : truth.calls()) {
      List<Path> files = audio.stream().filter(file -> isPartOf(file, call)).toList();
      if (files.isEmpty()) {
        throw new SampleException("No audio of the call " + call + " in " + truthFile.getParent());
      }
      calls.put(call, files);
    }
    Map<String, List<Path>> enrolment = new TreeMap<>();
    for (Path speaker : list(folder.resolve("enrolment"))) {
      enrolment.put(speaker.getFileName().toString(), list(speaker));
    }
    return new Samples(enrolment, calls, truth);
  }

  private static boolean isPartOf(Path file, String call) {
    String name = file.getFileName().toString();
    return name.startsWith(call) && name.substring(call.length()).matches("(-\\d+)?\\.[^.]+");
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return new ArrayList<>(entries.map(Path::normalize).sorted().toList());
    } catch (NoSuchFileException e) {
      throw new SampleException("The folder " + folder.toAbsolutePath() + " is missing");
    }
  }
}
