package io.voxtag.standalone.cli;

import io.voxtag.standalone.dataset.Dataset;
import io.voxtag.standalone.dataset.DatasetLists;
import io.voxtag.standalone.dataset.DatasetScan;
import io.voxtag.standalone.dataset.SpeakerNaming;
import io.voxtag.standalone.dataset.SpeakerSplit;
import io.voxtag.standalone.dataset.TrialDraw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voxtag data list}. */
@Command(
    name = "list",
    description = "Lists the recordings of a folder for training and tests.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The folder holds a folder a speaker, with WAV, MP3, FLAC and Ogg Opus files at any depth.",
      "A line of a list is a path, a tab and the speaker; paths begin at the folder of the list.",
      "Every file is decoded once: broken and too short ones are named and left out."
    })
final class DataListCommand implements Callable<Integer> {

  private final Output output;

  @Parameters(paramLabel = "DIR", description = "Folder of recordings.")
  private Path folder = Path.of("");

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The list for training. Default: train_list.txt in DIR.")
  private @Nullable Path list;

  @ArgGroup private @Nullable TestSpeakers test;

  @Option(
      names = "--test-list",
      paramLabel = "FILE",
      description = "The list of the test speakers. Default: test_list.txt beside the other one.")
  private @Nullable Path testList;

  @Option(
      names = "--trials",
      paramLabel = "FILE",
      description = "Write trials between recordings of the test speakers there, for 'eval'.")
  private @Nullable Path trials;

  @Option(
      names = "--trial-pairs",
      paramLabel = "NUMBER",
      defaultValue = "5000",
      description = "Most trials of one speaker, and of two. Default: ${DEFAULT-VALUE}.")
  private int pairs = 5000;

  @Option(
      names = "--speaker-separator",
      paramLabel = "TEXT",
      description = "The speaker is what a file's name has before this, whatever its folder.")
  private @Nullable String separator;

  @Option(
      names = "--min-seconds",
      paramLabel = "SECONDS",
      defaultValue = "0.5",
      description = "Leave out shorter recordings. Default: ${DEFAULT-VALUE}.")
  private double minSeconds = 0.5;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Of the choice of test speakers and trials. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--json", description = "End with the counts as a line of JSON.")
  private boolean json;

  /** How many speakers are kept for tests. */
  static final class TestSpeakers {
    @Option(
        names = "--test-speakers",
        paramLabel = "NUMBER",
        description = "Keep so many speakers for tests.")
    private @Nullable Integer number;

    @Option(
        names = "--test-share",
        paramLabel = "SHARE",
        description = "Keep this share of the speakers for tests, 0 to 1.")
    private @Nullable Double share;
  }

  DataListCommand(Output output) {
    this.output = output;
  }

  /** What scripts read. */
  record Result(
      int speakers,
      int utterances,
      double hours,
      int testSpeakers,
      int testUtterances,
      double testHours,
      int leftOut,
      int trials) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    Meter meter = new Meter(output, "recordings");
    SpeakerNaming naming =
        separator == null ? SpeakerNaming.BY_FOLDER : new SpeakerNaming(separator);
    Dataset dataset =
        new DatasetScan(naming, minSeconds, Runtime.getRuntime().availableProcessors())
            .scan(folder, (all, done) -> meter.at(done, all));
    meter.done();
    dataset
        .leftOut()
        .forEach(left -> output.note("left out " + left.file() + ": " + left.reason()));
    SpeakerSplit split = SpeakerSplit.of(dataset, testSpeakers(dataset.speakers().size()), seed);
    if (split.train().isEmpty()) {
      throw CommandException.failed("no usable recording in " + folder);
    }
    Path train = list == null ? folder.resolve("train_list.txt") : list;
    DatasetLists.write(train, split.train());
    Path kept = testList == null ? train.resolveSibling("test_list.txt") : testList;
    if (!split.test().isEmpty()) {
      DatasetLists.write(kept, split.test());
    }
    int drawn = 0;
    if (trials != null) {
      List<TrialDraw.Pair> chosen = TrialDraw.draw(split.test(), pairs, seed);
      DatasetLists.writeTrials(trials, parent(kept), chosen);
      drawn = chosen.size();
    }
    print(train, kept, split, dataset.leftOut().size(), drawn);
    return ExitCodes.OK;
  }

  private void check() {
    if (!Files.isDirectory(folder)) {
      throw CommandException.failed(folder + ": no such folder");
    }
    if (!(minSeconds >= 0)) {
      throw CommandException.usage("--min-seconds is " + minSeconds + " but must not be negative");
    }
    if (pairs < 1) {
      throw CommandException.usage("--trial-pairs is " + pairs + " but must be at least 1");
    }
    if (separator != null && separator.isEmpty()) {
      throw CommandException.usage("--speaker-separator must have at least one character");
    }
    if (trials != null && test == null) {
      throw CommandException.usage(
          "--trials needs test speakers: give --test-speakers or --test-share");
    }
  }

  private int testSpeakers(int all) {
    if (test == null) {
      return 0;
    }
    if (test.number != null) {
      if (test.number < 0) {
        throw CommandException.usage(
            "--test-speakers is " + test.number + " but must not be negative");
      }
      return test.number;
    }
    double share = test.share == null ? 0 : test.share;
    if (!(share >= 0 && share < 1)) {
      throw CommandException.usage("--test-share is " + share + " but must be from 0 to below 1");
    }
    return (int) Math.round(share * all);
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private void print(Path train, Path kept, SpeakerSplit split, int leftOut, int drawn) {
    Result result =
        new Result(
            speakers(split.train()),
            split.train().size(),
            hours(split.train()),
            speakers(split.test()),
            split.test().size(),
            hours(split.test()),
            leftOut,
            drawn);
    if (json) {
      output.json(result);
      return;
    }
    output.line(counts(train, result.speakers(), result.utterances(), result.hours()));
    if (result.testSpeakers() > 0) {
      output.line(counts(kept, result.testSpeakers(), result.testUtterances(), result.testHours()));
    }
    if (trials != null) {
      output.line("wrote " + trials + ": " + drawn + " trials, half of one speaker");
    }
    if (leftOut > 0) {
      output.line("left out " + leftOut + " files");
    }
  }

  private static String counts(Path file, int speakers, int utterances, double hours) {
    return String.format(
        Locale.ROOT,
        "wrote %s: %d speakers, %d recordings, %.2f hours",
        file,
        speakers,
        utterances,
        hours);
  }

  private static int speakers(List<Dataset.Utterance> utterances) {
    return (int) utterances.stream().map(Dataset.Utterance::speaker).distinct().count();
  }

  private static double hours(List<Dataset.Utterance> utterances) {
    return utterances.stream().mapToDouble(Dataset.Utterance::seconds).sum() / 3600;
  }
}
