package io.voxtag.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.scoring.DecisionProfile;
import io.voxtag.scoring.InvalidDecisionProfileException;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.standalone.runtime.MissingModelException;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.SpeakerModel;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model, and where it computes. */
final class ModelOptions {

  @Option(
      names = "--model",
      paramLabel = "BUNDLE",
      defaultValue = "${env:VOXTAG_MODEL}",
      description = "Model bundle, a folder or a zip. Default: the starter model.")
  private @Nullable Path bundle;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "auto, cpu, gpu or the number of a GPU. Default: ${DEFAULT-VALUE}.")
  private String device = "auto";

  /**
   * Loads it.
   *
   * @throws MissingModelException if there is no bundle
   */
  SpeakerModel load() throws IOException {
    return load(open());
  }

  /**
   * Opens it without loading its network, for what a loaded model does not say.
   *
   * @throws MissingModelException if there is no bundle
   */
  ModelBundle open() throws IOException {
    if (!Files.exists(path())) {
      throw new MissingModelException(path());
    }
    return ModelBundle.open(path());
  }

  /** Loads the opened one on the device of these options. */
  SpeakerModel load(ModelBundle opened) throws IOException {
    return SpeakerModel.load(opened, new DeviceChoice(device()));
  }

  /** How scores of that model become decisions. */
  static DecisionProfile decision(ModelManifest manifest) {
    return decision(manifest.version(), manifest.decision());
  }

  /** The same for a decision that is not in a bundle yet. */
  static DecisionProfile decision(String version, ObjectNode decision) {
    try {
      return new ObjectMapper().treeToValue(decision, DecisionProfile.class);
    } catch (JsonProcessingException e) {
      throw CommandException.failed(
          "the model %s cannot decide: %s".formatted(version, e.getOriginalMessage()));
    }
  }

  /**
   * The scale that a model decides on.
   *
   * @throws CommandException if its cohort does not serve
   */
  static ScoreNorm norm(ModelBundle bundle, DecisionProfile decision) {
    try {
      return decision.norm(bundle.cohort());
    } catch (InvalidDecisionProfileException e) {
      throw CommandException.failed(
          "the model %s cannot decide: %s".formatted(bundle.manifest().version(), e.getMessage()));
    }
  }

  /** The device, which may be one that this machine does not have. */
  String device() {
    try {
      return new DeviceChoice(device).setting();
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--" + e.getMessage());
    }
  }

  Path path() {
    return bundle == null ? Home.path().resolve("models").resolve("starter") : bundle;
  }
}
