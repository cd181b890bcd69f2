package io.voxtag.standalone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.scoring.ErrorRates;
import io.voxtag.scoring.VerificationMetrics;
import io.voxtag.standalone.evaluate.Evaluation;
import io.voxtag.standalone.evaluate.ModelEmbedder;
import io.voxtag.standalone.evaluate.TrialList;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.SpeakerModel;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.ManifestDraft;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
    description = "Gives a trained model its threshold, and writes it as a new bundle.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "For each list, the cosine is found that the given share of trials of two speakers exceeds;",
      "the threshold is the median of these. The error rates on all lists go into the bundle."
    })
final class CalibrateCommand implements Callable<Integer> {

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
      paramLabel = "COSINE",
      description = "Take this threshold instead of finding one.")
  private @Nullable Double threshold;

  @Option(
      names = "--duplicate-threshold",
      paramLabel = "COSINE",
      description = "Cosine from which an enrolment is refused as the voice of another speaker.")
  private @Nullable Double duplicateThreshold;

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "The new bundle.")
  private Path target = Path.of("");

  CalibrateCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    if (!(falseAlarms > 0 && falseAlarms < 1)) {
      throw CommandException.usage("--false-alarms is " + falseAlarms + " but must be in (0, 1)");
    }
    ModelBundle bundle = ModelBundle.open(model);
    Map<String, Double> metrics = new TreeMap<>(bundle.manifest().metrics());
    List<Double> thresholds = new ArrayList<>();
    try (SpeakerModel loaded = SpeakerModel.load(bundle, DeviceChoice.AUTO)) {
      for (String spec : trials) {
        TrialList list = read(spec);
        VerificationMetrics measured =
            new Evaluation(new ModelEmbedder(loaded), root, (done, all) -> {}).run(list);
        ErrorRates rates = measured.atFalseAlarmRate(falseAlarms);
        double eer = measured.equalErrorRate().rate();
        metrics.put("eer." + name(list), eer);
        thresholds.add(rates.threshold());
        output.line(
            String.format(
                Locale.ROOT,
                "%-12s EER %.2f %%, misses %.1f %% at %.4f",
                name(list),
                100 * eer,
                100 * rates.miss(),
                rates.threshold()));
      }
    }
    ObjectNode decision = bundle.manifest().decision().deepCopy();
    decision.put("threshold", threshold == null ? median(thresholds) : threshold);
    if (duplicateThreshold != null) {
      decision.put("duplicateThreshold", duplicateThreshold);
    }
    ManifestDraft draft = ManifestDraft.of(bundle.manifest());
    ManifestDraft calibrated =
        new ManifestDraft(
            draft.version(),
            draft.architecture(),
            draft.features(),
            draft.sampleRate(),
            draft.embeddingSize(),
            draft.createdAt(),
            decision,
            draft.trainingData(),
            metrics,
            draft.attribution());
    ModelBundle.write(target, calibrated, bundle.tensors().values(), DType.F16);
    output.line("wrote " + target + " with threshold " + decision.get("threshold").asText());
    return ExitCodes.OK;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
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
