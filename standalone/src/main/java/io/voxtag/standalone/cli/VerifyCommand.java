package io.voxtag.standalone.cli;

import io.voxtag.evaluation.FileEmbedder;
import io.voxtag.evaluation.ModelEmbedder;
import io.voxtag.scoring.DecisionProfile;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.scoring.UnitVectors;
import io.voxtag.voiceprint.SpeakerModel;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voxtag verify}. */
@Command(
    name = "verify",
    description = {
      "Says whether two recordings are of one voice; exits 0 if they are, 1 if not.",
      "Needs nothing running."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  private final Output output;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Parameters(index = "0", paramLabel = "A", description = "A recording.")
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = "Another recording.")
  private Path second = Path.of("");

  @Option(names = "--json", description = "Print the answer as a line of JSON.")
  private boolean json;

  VerifyCommand(Output output) {
    this.output = output;
  }

  /**
   * What scripts read; score and threshold are cosines, -1 to 1, or deviations where the model
   * normalises scores.
   */
  record Result(boolean same, double score, double threshold, String modelVersion) {}

  @Override
  public Integer call() throws IOException {
    ModelBundle bundle = model.open();
    try (SpeakerModel speakerModel = model.load(bundle)) {
      DecisionProfile decision = ModelOptions.decision(bundle.manifest());
      ScoreNorm norm = ModelOptions.norm(bundle, decision);
      FileEmbedder embedder = new ModelEmbedder(speakerModel);
      float[] a = embedder.embed(first);
      float[] b = embedder.embed(second);
      double score = norm.of(a).normalise(UnitVectors.cosine(a, b), norm.of(b));
      Result result =
          new Result(
              score >= decision.threshold(),
              score,
              decision.threshold(),
              speakerModel.manifest().version());
      print(result);
      return result.same() ? ExitCodes.OK : ExitCodes.FAILED;
    }
  }

  private void print(Result result) {
    if (json) {
      output.json(result);
      return;
    }
    output.line(
        String.format(
            Locale.ROOT,
            "%s (score %.3f, threshold %.3f)",
            result.same() ? "@|bold,green the same voice|@" : "@|bold,yellow two voices|@",
            result.score(),
            result.threshold()));
  }
}
