package io.voxtag.standalone.dataset;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.AudioFormatException;
import io.voxtag.audio.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;

/**
 * Finds the recordings below a folder. Each is decoded once, so that what a list names can be
 * trained on: a header tells neither a torn file from a whole one nor how long an MP3 file is.
 */
public final class DatasetScan {

  private static final List<String> EXTENSIONS = List.of(".wav", ".mp3", ".flac", ".ogg", ".opus");

  private final SpeakerNaming naming;
  private final double minSeconds;
  private final int threads;

  /**
   * @param minSeconds shorter recordings are left out
   * @param threads that decode
   */
  public DatasetScan(SpeakerNaming naming, double minSeconds, int threads) {
    this.naming = naming;
    this.minSeconds = minSeconds;
    this.threads = threads;
  }

  /**
   * Looks at every file whose name ends as that of a recording.
   *
   * @param progress told of all files, and how many are done
   * @throws DatasetException if there is none
   */
  public Dataset scan(Path folder, ObjIntConsumer<Integer> progress)
      throws IOException, InterruptedException {
    List<Path> files = files(folder);
    if (files.isEmpty()) {
      throw new DatasetException(
          "no recordings in %s: none whose name ends with one of %s".formatted(folder, EXTENSIONS));
    }
    List<Dataset.Utterance> utterances = new ArrayList<>();
    List<Dataset.LeftOut> leftOut = new ArrayList<>();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Object>> looks = new ArrayList<>();
      for (Path file : files) {
        looks.add(workers.submit(() -> look(folder, file)));
      }
      for (int i = 0; i < looks.size(); i++) {
        Object found = looks.get(i).get();
        if (found instanceof Dataset.Utterance utterance) {
          utterances.add(utterance);
        } else {
          leftOut.add((Dataset.LeftOut) found);
        }
        progress.accept(files.size(), i + 1);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("a recording could not be looked at", e.getCause());
    } finally {
      workers.shutdownNow();
    }
    return new Dataset(utterances, leftOut);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(DatasetScan::isAudio).filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isAudio(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return EXTENSIONS.stream().anyMatch(name::endsWith);
  }

  private Object look(Path folder, Path file) throws IOException {
    String speaker = naming.speaker(folder.relativize(file));
    if (speaker == null) {
      return new Dataset.LeftOut(file, naming.missing());
    }
    if (file.toString().matches("(?s).*[\\t\\r\\n].*")) {
      return new Dataset.LeftOut(file, "a list cannot name a path with a tab or a line break");
    }
    try {
      Recording recording = AudioFiles.read(file);
      double seconds = recording.frames() / (double) recording.sampleRate();
      return seconds < minSeconds
          ? new Dataset.LeftOut(
              file,
              String.format(
                  Locale.ROOT, "%.2f s is too short, the least is %.2f s", seconds, minSeconds))
          : new Dataset.Utterance(file, speaker, seconds);
    } catch (AudioFormatException e) {
      String message = String.valueOf(e.getMessage());
      String name = file + ": ";
      return new Dataset.LeftOut(
          file, message.startsWith(name) ? message.substring(name.length()) : message);
    }
  }
}
