package io.voxtag.voiceprint.training.features;

import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.data.AudioCache;
import io.voxtag.voiceprint.training.data.OrderedWork;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** One extraction: goes through the lists and writes what belongs to them. */
final class ExtractionRun {
  private final FeatureExtraction job;
  private final TrainingConfig config;
  private final FeatureExtraction.Progress progress;
  private final List<String> leftOut = new ArrayList<>();
  private int all;
  private int done;

  ExtractionRun(FeatureExtraction job, FeatureExtraction.Progress progress) {
    this.job = job;
    this.config = job.config();
    this.progress = progress;
  }

  /**
   * A list of recordings.
   *
   * @param minSeconds shorter ones are left out
   */
  private record Source(Path file, TrainingList list, double minSeconds) {
    /** The list's name without its extension. */
    String stem() {
      return String.valueOf(file.getFileName()).replaceFirst("(?<=.)\\.[^.]*$", "");
    }
  }

  FeatureExtraction.Result run() throws IOException {
    double chunk = config.datasetConf().chunkDuration();
    if (!(job.maxSeconds() >= chunk)) {
      throw new IllegalArgumentException(
          "%s s of a recording are less than dataset_conf.chunk_duration, %s s"
              .formatted(job.maxSeconds(), chunk));
    }
    Map<String, Source> sources = sources();
    FeatureManifest manifest = FeatureManifest.of(config, job.maxSeconds());
    requireRoom(manifest);
    all = sources.values().stream().mapToInt(s -> s.list().utterances().size()).sum();
    List<FeatureExtraction.Listed> lists = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager(job.device().resolve())) {
      RecordingFeatures features = new RecordingFeatures(config, job.maxSeconds(), manager);
      for (Source source : sources.values()) {
        lists.add(extract(source, features));
      }
    }
    manifest.write(job.output());
    return new FeatureExtraction.Result(lists, leftOut, FeatureTraining.obstacles(config));
  }

  /** By the names of their features' lists. */
  private Map<String, Source> sources() throws IOException {
    Map<String, Source> sources = new LinkedHashMap<>();
    add(
        sources,
        job.data().resolve(config.datasetConf().trainList()),
        config.datasetConf().minDuration());
    for (Path file : FeatureTraining.testLists(config, job.data())) {
      // Tests leave out only what has no frame.
      add(sources, file, 0);
    }
    return sources;
  }

  private void add(Map<String, Source> sources, Path file, double minSeconds) throws IOException {
    Source source = new Source(file, TrainingList.read(file, job.data()), minSeconds);
    if (ExtractedFeatures.areNamedBy(source.list())) {
      throw new IllegalArgumentException(file + " names features already, not recordings");
    }
    Source other = sources.putIfAbsent(source.stem(), source);
    if (other != null) {
      throw new IllegalArgumentException(
          "%s and %s are lists of one name: give one of them another"
              .formatted(other.file(), file));
    }
  }

  private void requireRoom(FeatureManifest manifest) throws IOException {
    Files.createDirectories(job.output());
    if (Files.exists(job.output().resolve(FeatureManifest.NAME))) {
      FeatureManifest present = FeatureManifest.read(job.output());
      if (!present.isLike(manifest)) {
        throw new IllegalArgumentException(
            "%s holds features of other settings, %s: name an empty folder"
                .formatted(job.output(), present.features()));
      }
    }
  }

  private FeatureExtraction.Listed extract(Source source, RecordingFeatures features)
      throws IOException {
    List<TrainingList.Utterance> utterances = source.list().utterances();
    List<String> lines = new ArrayList<>();
    long samples = 0;
    int before = leftOut.size();
    try (OrderedWork<RecordingFeatures.Decoded> work =
        new OrderedWork<>(
            utterances.stream()
                .<Callable<RecordingFeatures.Decoded>>map(
                    u -> () -> features.decode(u.file(), source.minSeconds()))
                .iterator(),
            config.trainConf().numWorkers())) {
      for (int i = 0; i < utterances.size(); i++) {
        TrainingList.Utterance utterance = utterances.get(i);
        String name = name(utterance.file(), source.stem() + "/" + i);
        RecordingFeatures.Decoded decoded = work.next();
        String problem = features.write(decoded, job.output().resolve(name));
        if (problem == null) {
          lines.add(name + "\t" + source.list().speakers().get(utterance.speaker()));
          samples += decoded.samples().length;
        } else {
          leftOut.add(problem);
        }
        progress.at(++done, all);
      }
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(
          "no recording of %s can be used: %s"
              .formatted(
                  source.file(), String.join("; ", leftOut.subList(before, leftOut.size()))));
    }
    Path file = job.output().resolve(source.stem() + "_features.txt");
    Files.write(file, lines);
    return new FeatureExtraction.Listed(
        file,
        (int) lines.stream().map(line -> line.substring(line.indexOf('\t'))).distinct().count(),
        lines.size(),
        samples / 3600.0 / AudioCache.SAMPLE_RATE);
  }

  /** That of the recording where it lies in the data folder; never one outside of the output. */
  private String name(Path file, String number) {
    Path root = job.data().toAbsolutePath().normalize();
    Path recording = file.toAbsolutePath().normalize();
    String name =
        recording.startsWith(root)
            ? root.relativize(recording).toString().replace(File.separatorChar, '/')
            : "elsewhere/" + number + "-" + recording.getFileName();
    return name + TrainingList.FEATURES;
  }
}
