package io.voxtag.standalone.cli;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.Recording;
import io.voxtag.evaluation.Library;
import io.voxtag.evaluation.Library.Match;
import io.voxtag.evaluation.ModelEmbedder;
import io.voxtag.matcher.registry.SpeakerRegistry;
import io.voxtag.scoring.DecisionProfile;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.voiceprint.SpeakerModel;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voxtag identify}. */
@Command(
    name = "identify",
    description = {
      "Says whose voice is in each channel of a recording, among the enrolled speakers or those of",
      "a folder. Exits 0 if all are known, 1 if not."
    },
    mixinStandardHelpOptions = true)
final class IdentifyCommand implements Callable<Integer> {

  private static final int CANDIDATES = 3;

  private final Output output;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Parameters(paramLabel = "FILE", description = "A recording.")
  private Path file = Path.of("");

  @Option(
      names = "--library",
      paramLabel = "DIR",
      description =
          "Folder with a folder of recordings for each known speaker; nothing needs to run then.")
  private @Nullable Path library;

  @Mixin private final RegistryOptions registry = new RegistryOptions();

  @Option(names = "--json", description = "Print a line of JSON for each channel.")
  private boolean json;

  IdentifyCommand(Output output) {
    this.output = output;
  }

  /** What scripts read; {@code speakerId} is null where the voice is nobody's. */
  record Result(
      int channel,
      @Nullable String speakerId,
      double threshold,
      List<Match> candidates,
      String modelVersion) {}

  @Override
  public Integer call() throws IOException {
    Recording recording = AudioFiles.read(file);
    boolean allKnown = true;
    ModelBundle bundle = model.open();
    try (SpeakerModel speakerModel = model.load(bundle)) {
      DecisionProfile decision = ModelOptions.decision(bundle.manifest());
      ScoreNorm norm = ModelOptions.norm(bundle, decision);
      ModelEmbedder embedder = new ModelEmbedder(speakerModel);
      Library known = known(embedder, speakerModel.manifest().version());
      for (int channel = 0; channel < recording.channelCount(); channel++) {
        float[] voice = embedder.embed(recording.channel(channel), file.toString());
        Result result =
            result(
                channel,
                known.best(voice, norm, CANDIDATES),
                decision,
                speakerModel.manifest().version());
        print(result);
        allKnown &= result.speakerId() != null;
      }
    }
    return allKnown ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private Library known(ModelEmbedder embedder, String version) throws IOException {
    if (library == null) {
      try (SpeakerRegistry speakers = registry.connect()) {
        return new Library(speakers.voiceprints(version));
      }
    }
    Meter meter = new Meter(output, "speakers");
    Library voices = Library.of(library, embedder, meter::at);
    meter.done();
    return voices;
  }

  private static Result result(
      int channel, List<Match> candidates, DecisionProfile decision, String version) {
    boolean known = !candidates.isEmpty() && candidates.get(0).score() >= decision.threshold();
    return new Result(
        channel,
        known ? candidates.get(0).speakerId() : null,
        decision.threshold(),
        candidates,
        version);
  }

  private void print(Result result) {
    if (json) {
      output.json(result);
      return;
    }
    String candidates =
        result.candidates().stream()
            .map(match -> String.format(Locale.ROOT, "%s %.3f", match.speakerId(), match.score()))
            .collect(Collectors.joining(", "));
    output.line(
        String.format(
            Locale.ROOT,
            "channel %d  %s  (%s; threshold %.3f)",
            result.channel(),
            result.speakerId() == null
                ? "@|bold,yellow unknown|@"
                : "@|bold,green " + result.speakerId() + "|@",
            candidates,
            result.threshold()));
  }
}
