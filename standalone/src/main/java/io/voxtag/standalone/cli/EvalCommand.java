package io.voxtag.standalone.cli;

import io.voxtag.evaluation.DetPlot;
import io.voxtag.evaluation.ErrorRateReport;
import io.voxtag.evaluation.EvaluationReport;
import io.voxtag.evaluation.ModelEmbedder;
import io.voxtag.evaluation.ModelEvaluation;
import io.voxtag.evaluation.SpeakerList;
import io.voxtag.evaluation.TrialList;
import io.voxtag.scoring.AsNorm;
import io.voxtag.scoring.DecisionProfile;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.scoring.ScoreNormProfile;
import io.voxtag.scoring.ScoreNormProfile.Method;
import io.voxtag.voiceprint.SpeakerModel;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code voxtag eval}. */
@Command(
    name = "eval",
    description = "Measures how well a model tells voices apart.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A trial is a line 'label model recording', label 1 for the same speaker and 0 for another",
      "one. Without --enroll the model is a recording itself; with it, a line of that file is",
      "'model recording...', and the model is the mean of the voices in its recordings.",
      "A line of --list is 'recording<TAB>speaker', perhaps with a third column for the session,",
      "inside which nothing is compared; every other pair of recordings is a trial.",
      "docs/evaluation.md says what each number means."
    })
final class EvalCommand implements Callable<Integer> {

  private final Output output;

  @Mixin private final ModelOptions model = new ModelOptions();

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  /** One of them must be given. */
  static final class Source {
    @Option(names = "--trials", required = true, paramLabel = "FILE", description = "The trials.")
    private @Nullable Path trials;

    @Option(
        names = "--list",
        required = true,
        paramLabel = "FILE",
        description = "Recordings and their speakers: all pairs are compared.")
    private @Nullable Path list;
  }

  @Option(names = "--enroll", paramLabel = "FILE", description = "What the models are made of.")
  private @Nullable Path enrolments;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Folder that the paths in the lists begin at. Default: the working folder.")
  private Path root = Path.of("");

  @Option(
      names = "--score-norm",
      paramLabel = "SCALE",
      defaultValue = "auto",
      description =
          "The scale that the result is read from: none (cosines), as-norm, or auto (what the"
              + " model decides on). Default: auto.")
  private String scoreNorm = "auto";

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Voices of the cohort that as-norm measures against. Default: the model's.")
  private @Nullable Integer topK;

  @Option(
      names = "--prior",
      paramLabel = "P",
      defaultValue = "0.01",
      description = "Share of trials of one speaker that costs are computed for. Default: 0.01.")
  private double prior = ErrorRateReport.USUAL_PRIOR;

  @Option(
      names = "--durations",
      split = ",",
      paramLabel = "SECONDS",
      description = "Also cut recordings to so many seconds of speech, for example 1,2,3,5,10.")
  private List<Double> durations = List.of();

  @Option(
      names = "--cut",
      paramLabel = "SIDE",
      defaultValue = "test",
      description = "What --durations cuts: test or both. Default: test.")
  private String cut = "test";

  @Option(
      names = "--open-set",
      description = "Also measure identification in galleries of half of the speakers of --list.")
  private boolean openSet;

  @Option(
      names = "--gallery",
      split = ",",
      paramLabel = "SIZE",
      description = "Sizes of galleries. Default: 5, 10, 20, ... as far as the list goes.")
  private List<Integer> galleries = List.of();

  @Option(
      names = "--splits",
      paramLabel = "N",
      defaultValue = "20",
      description = "How often speakers are split into enrolled ones and others. Default: 20.")
  private int splits = 20;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the splits. Default: 1.")
  private long seed = 1;

  @Option(names = "--det", paramLabel = "FILE", description = "Draw the DET curve, a PNG.")
  private @Nullable Path det;

  @Option(names = "--report", paramLabel = "FILE", description = "Write everything as JSON.")
  private @Nullable Path report;

  @Option(names = "--json", description = "End with the result as a line of JSON.")
  private boolean json;

  EvalCommand(Output output) {
    this.output = output;
  }

  /** What scripts read; {@code eer} and the costs are fractions, not per cent. */
  record Result(double eer, double threshold, double minDcf, int targets, int nonTargets) {}

  @Override
  public Integer call() throws IOException {
    check();
    // What is wrong with the lists is said before a model is opened.
    Measurement measurement = measurement();
    ModelBundle bundle = model.open();
    boolean decides = bundle.manifest().decision().has("threshold");
    DecisionProfile profile = decides ? ModelOptions.decision(bundle.manifest()) : null;
    ScoreNormProfile known = profile == null ? ScoreNormProfile.NONE : profile.scoreNorm();
    int voices = topK != null ? topK : known.topK();
    ScoreNorm norm = norm(bundle, voices);
    Method scale = scale(known, norm, bundle);
    EvaluationReport result;
    try (SpeakerModel speakerModel = model.load(bundle)) {
      Meter meter = new Meter(output, "recordings");
      ModelEvaluation evaluation =
          new ModelEvaluation(
              new ModelEmbedder(speakerModel),
              // Another number of voices makes another scale than that of the threshold.
              voices == known.topK() ? profile : null,
              norm,
              new ModelEvaluation.Plan(
                  root,
                  prior,
                  durations,
                  cut.equals("both"),
                  galleries,
                  openSet ? splits : 0,
                  seed),
              meter::at);
      ModelEvaluation.Result measured = measurement.by(evaluation);
      meter.done();
      result =
          new EvaluationReport(
              bundle.manifest().version(),
              String.valueOf(file()),
              ModelEvaluation.name(scale),
              norm == ScoreNorm.NONE ? 0 : bundle.cohort().size(),
              norm == ScoreNorm.NONE ? 0 : voices,
              prior,
              measured.verification(),
              measured.durations(),
              measured.openSet(),
              measured.effort());
    }
    write(result);
    return ExitCodes.OK;
  }

  private void check() {
    if (!List.of("auto", "none", "as-norm").contains(scoreNorm)) {
      throw CommandException.usage(
          "--score-norm is '" + scoreNorm + "' but must be auto, none or as-norm");
    }
    if (!List.of("test", "both").contains(cut)) {
      throw CommandException.usage("--cut is '" + cut + "' but must be test or both");
    }
    if (!(prior > 0 && prior < 1)) {
      throw CommandException.usage("--prior is " + prior + " but must be above 0 and below 1");
    }
    if (durations.stream().anyMatch(seconds -> !(seconds > 0 && seconds <= 3600))) {
      throw CommandException.usage(
          "--durations are " + durations + " but must be above 0 and at most 3600");
    }
    if (openSet && source.list == null) {
      throw CommandException.usage("--open-set needs --list");
    }
    if (enrolments != null && source.trials == null) {
      throw CommandException.usage("--enroll needs --trials");
    }
    if (splits < 1) {
      throw CommandException.usage("--splits is " + splits + " but must be at least 1");
    }
  }

  private void requireGalleries(SpeakerList list) {
    long speakers = list.entries().stream().map(SpeakerList.Entry::speaker).distinct().count();
    for (int gallery : galleries) {
      if (gallery < 1 || gallery > speakers / 2) {
        throw CommandException.usage(
            "--gallery is %d but must be from 1 to %d: %s has %d speakers, half of whom are enrolled"
                .formatted(gallery, speakers / 2, list.file(), speakers));
      }
    }
  }

  private ScoreNorm norm(ModelBundle bundle, int voices) {
    List<float[]> cohort = bundle.cohort();
    if (cohort.isEmpty() || voices == 0) {
      return ScoreNorm.NONE;
    }
    try {
      return new AsNorm(cohort, voices);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--top-k does not fit the model: " + e.getMessage());
    }
  }

  private Method scale(ScoreNormProfile known, ScoreNorm norm, ModelBundle bundle) {
    Method scale =
        switch (scoreNorm) {
          case "none" -> Method.NONE;
          case "as-norm" -> Method.AS_NORM;
          default -> known.method();
        };
    if (scale == Method.AS_NORM && norm == ScoreNorm.NONE) {
      throw CommandException.failed(
          bundle.cohort().isEmpty()
              ? "the model %s has no cohort: 'voxtag calibrate --cohort' gives it one"
                  .formatted(bundle.manifest().version())
              : "the model %s does not say how many voices of its cohort count: give --top-k"
                  .formatted(bundle.manifest().version()));
    }
    return scale;
  }

  /** What is measured, with its lists read. */
  private interface Measurement {
    ModelEvaluation.Result by(ModelEvaluation evaluation) throws IOException;
  }

  private Measurement measurement() throws IOException {
    Path trials = source.trials;
    if (trials == null) {
      SpeakerList list = SpeakerList.read(file());
      requireGalleries(list);
      return evaluation -> evaluation.run(list);
    }
    TrialList list =
        enrolments == null ? TrialList.read(trials) : TrialList.read(trials, enrolments);
    return evaluation -> evaluation.run(list);
  }

  private Path file() {
    return Objects.requireNonNull(source.trials != null ? source.trials : source.list);
  }

  private void write(EvaluationReport result) throws IOException {
    Path picture = det;
    if (picture != null) {
      DetPlot.write(result.model() + ", " + file().getFileName(), result.verification(), picture);
    }
    Path file = report;
    if (file != null) {
      result.write(file);
    }
    ErrorRateReport read = Objects.requireNonNull(result.verification().get(result.scoreNorm()));
    if (json) {
      output.json(
          new Result(
              read.eer(), read.threshold(), read.minDcf(), read.targets(), read.nonTargets()));
    } else {
      new EvaluationText(output).print(result);
    }
  }
}
