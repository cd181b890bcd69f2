package io.voxtag.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.evaluation.CachedEmbedder;
import io.voxtag.evaluation.Calibrator;
import io.voxtag.evaluation.CohortVoices;
import io.voxtag.evaluation.Evaluation;
import io.voxtag.evaluation.FileEmbedder;
import io.voxtag.evaluation.ModelEmbedder;
import io.voxtag.evaluation.ScoreScale;
import io.voxtag.evaluation.SpeakerList;
import io.voxtag.evaluation.TrialList;
import io.voxtag.scoring.AsNorm;
import io.voxtag.scoring.DecisionProfile;
import io.voxtag.scoring.IdentificationRates;
import io.voxtag.scoring.ScoreNormProfile.Method;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.SpeakerModel;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.ManifestDraft;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code voxtag calibrate}. */
@Command(
    name = "calibrate",
    description = {
      "Gives a trained model its threshold, and perhaps a cohort for score normalisation and a",
      "calibration to likelihood ratios, and writes it as a new bundle."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "For each list, the score is found that the given share of trials of two speakers exceeds;",
      "the threshold is the median of these. With --fpir it is the score that the given share of",
      "searches for strangers in a gallery exceeds instead. The error rates on all lists go into",
      "the bundle. docs/evaluation.md says how to choose."
    })
final class CalibrateCommand implements Callable<Integer> {

  private static final int DEFAULT_TOP_K = 50;

  private final Output output;

  @Option(names = "--model", required = true, paramLabel = "BUNDLE", description = "The model.")
  private Path model = Path.of("");

  @Option(
      names = "--trials",
      required = true,
      paramLabel = "FILE[,ENROLL]",
      description = "Trials, with a comma and the enrolments where models are named; repeatable.")
  private List<String> trials = List.of();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Folder that the paths in the lists begin at. Default: the working folder.")
  private Path root = Path.of("");

  @Option(
      names = "--false-alarms",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "Share of trials of two speakers above the threshold. Default: 0.01.")
  private double falseAlarms = 0.01;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description = "Take this threshold instead of finding one.")
  private @Nullable Double threshold;

  @Option(
      names = "--duplicate-threshold",
      paramLabel = "COSINE",
      description = "Cosine from which an enrolment is refused as the voice of another speaker.")
  private @Nullable Double duplicateThreshold;

  @Option(
      names = "--fpir",
      paramLabel = "SHARE",
      description =
          "Find the threshold by identification: the share of searches for voices that are not"
              + " enrolled that may end with somebody. Needs --list and --gallery.")
  private @Nullable Double fpir;

  @Option(
      names = "--gallery",
      paramLabel = "SIZE",
      description = "Enrolled speakers that the threshold of --fpir is for.")
  private @Nullable Integer gallery;

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "Recordings and their speakers for --fpir, as for 'voxtag eval --list'.")
  private @Nullable Path list;

  @Option(
      names = "--splits",
      paramLabel = "N",
      defaultValue = "20",
      description = "Splits of the speakers for --fpir. Default: 20.")
  private int splits = 20;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the splits and of the choice of the cohort. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--cohort",
      paramLabel = "LIST",
      description =
          "Recordings and their speakers, none of them in a trial: their mean voices become the"
              + " cohort of the model.")
  private @Nullable Path cohortList;

  @Option(
      names = "--cohort-size",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Speakers of the cohort at most. Default: 1000.")
  private int cohortSize = 1000;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description =
          "Voices of the cohort that a voice is measured against. Default: the model's, or 50.")
  private @Nullable Integer topK;

  @Option(
      names = "--score-norm",
      paramLabel = "SCALE",
      description =
          "Scale of the threshold: as-norm or none. Default: as-norm with --cohort, otherwise the"
              + " model's.")
  private @Nullable String scoreNorm;

  @Option(
      names = "--llr",
      description = "Also calibrate scores to log-likelihood ratios, on all trials together.")
  private boolean likelihoodRatios;

  @Option(
      names = "--llr-prior",
      paramLabel = "P",
      defaultValue = "0.5",
      description = "Share of trials of one speaker that --llr has to be best for. Default: 0.5.")
  private double prior = 0.5;

  @Option(
      names = "--model-version",
      paramLabel = "NAME",
      description =
          "Version of the new bundle, which a model store takes only once. Default: that of the"
              + " old one.")
  private @Nullable String version;

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "The new bundle.")
  private Path target = Path.of("");

  CalibrateCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    check();
    ModelBundle bundle = ModelBundle.open(model);
    Map<String, Double> metrics = new TreeMap<>(bundle.manifest().metrics());
    ObjectNode decision = bundle.manifest().decision();
    List<float[]> cohort;
    try (SpeakerModel loaded = SpeakerModel.load(bundle, DeviceChoice.AUTO)) {
      FileEmbedder embedder = new CachedEmbedder(new ModelEmbedder(loaded));
      ScoreScale scale = scale(bundle, embedder);
      cohort = scale.cohort();
      Calibrator calibrator = measure(embedder, scale);
      metrics.putAll(calibrator.metrics());
      double found = threshold != null ? threshold : found(embedder, scale, calibrator);
      calibrator.decide(decision, found, duplicateThreshold);
      if (likelihoodRatios) {
        Calibrator.RatioQuality quality = calibrator.calibrate(decision, prior);
        output.line(
            String.format(
                Locale.ROOT,
                "calibration  Cllr %.4f bits, at least %.4f",
                quality.cllr(),
                quality.minCllr()));
      }
    }
    ManifestDraft draft =
        ManifestDraft.of(bundle.manifest())
            .withVersion(version != null ? version : bundle.manifest().version())
            .withDecision(decision)
            .withMetrics(metrics);
    // Refuses a decision that no program could read before anything is written.
    DecisionProfile profile = ModelOptions.decision(draft.version(), decision);
    ModelBundle.write(target, draft, bundle.tensors().values(), DType.F16, cohort);
    output.line("wrote " + target + " with threshold " + profile.threshold());
    return ExitCodes.OK;
  }

  private void check() {
    requireShare("--false-alarms", falseAlarms);
    requireShare("--llr-prior", prior);
    if (fpir != null) {
      requireShare("--fpir", fpir);
    }
    if ((fpir == null) != (list == null) || (fpir == null) != (gallery == null)) {
      throw CommandException.usage("--fpir, --gallery and --list need each other");
    }
    if (scoreNorm != null && !List.of("none", "as-norm").contains(scoreNorm)) {
      throw CommandException.usage(
          "--score-norm is '" + scoreNorm + "' but must be none or as-norm");
    }
    if (cohortSize < AsNorm.LEAST || cohortSize > AsNorm.MOST) {
      throw CommandException.usage(
          "--cohort-size is %d but must be %d to %d"
              .formatted(cohortSize, AsNorm.LEAST, AsNorm.MOST));
    }
    if (splits < 1) {
      throw CommandException.usage("--splits is " + splits + " but must be at least 1");
    }
  }

  private static void requireShare(String option, double value) {
    if (!(value > 0 && value < 1)) {
      throw CommandException.usage(option + " is " + value + " but must be in (0, 1)");
    }
  }

  private ScoreScale scale(ModelBundle bundle, FileEmbedder embedder) throws IOException {
    JsonNode known = bundle.manifest().decision().path("scoreNorm");
    List<float[]> cohort = bundle.cohort();
    if (cohortList != null) {
      Meter meter = new Meter(output, "recordings of the cohort");
      cohort =
          CohortVoices.of(
              SpeakerList.read(cohortList), embedder, root, cohortSize, seed, meter::at);
      meter.done();
      output.line("cohort       " + cohort.size() + " voices");
    }
    String usual = cohortList != null ? "as-norm" : known.path("method").asText("none");
    Method method =
        (scoreNorm == null ? usual : scoreNorm).equals("none") ? Method.NONE : Method.AS_NORM;
    if (cohort.isEmpty()) {
      if (method == Method.AS_NORM || topK != null) {
        throw CommandException.usage("as-norm and --top-k need --cohort: the model has none");
      }
      return ScoreScale.COSINES;
    }
    int most =
        topK != null ? topK : known.path("topK").asInt(Math.min(DEFAULT_TOP_K, cohort.size()));
    try {
      return ScoreScale.of(method, most, cohort);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--top-k: " + e.getMessage());
    }
  }

  private Calibrator measure(FileEmbedder embedder, ScoreScale scale) throws IOException {
    Calibrator calibrator = new Calibrator(scale, falseAlarms);
    for (String spec : trials) {
      TrialList trialList = read(spec);
      Calibrator.Found found =
          calibrator.add(
              name(trialList),
              new Evaluation(embedder, root, scale.norm(), (done, count) -> {}).run(trialList));
      output.line(
          String.format(
              Locale.ROOT,
              "%-12s EER %.2f %%, misses %.1f %% at %.4f",
              name(trialList),
              100 * found.equalErrorRate(),
              100 * found.rates().miss(),
              found.rates().threshold()));
    }
    return calibrator;
  }

  private double found(FileEmbedder embedder, ScoreScale scale, Calibrator calibrator)
      throws IOException {
    if (fpir == null || gallery == null || list == null) {
      return calibrator.threshold();
    }
    IdentificationRates rates;
    try {
      rates =
          new Evaluation(embedder, root, scale.norm(), (done, count) -> {})
              .openSet(SpeakerList.read(list))
              .run(scale.method(), List.of(gallery), splits, seed)
              .get(gallery)
              .atFpir(fpir);
    } catch (IllegalArgumentException e) {
      throw CommandException.failed("--gallery: " + e.getMessage());
    }
    output.line(
        String.format(
            Locale.ROOT,
            "gallery %-4d FNIR %.1f %% at FPIR %.2f %% at %.4f",
            gallery,
            100 * rates.fnir(),
            100 * rates.fpir(),
            rates.threshold()));
    return rates.threshold();
  }

  private static TrialList read(String spec) throws IOException {
    String[] parts = spec.split(",", 2);
    return parts.length == 1
        ? TrialList.read(Path.of(parts[0]))
        : TrialList.read(Path.of(parts[0]), Path.of(parts[1]));
  }

  private static String name(TrialList list) {
    return String.valueOf(list.file().getFileName()).replaceFirst("\\.[^.]*$", "");
  }
}
