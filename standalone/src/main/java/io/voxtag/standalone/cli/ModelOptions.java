package io.voxtag.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.scoring.DecisionProfile;
import io.voxtag.standalone.runtime.MissingModelException;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.SpeakerModel;
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
    if (!Files.exists(path())) {
      throw new MissingModelException(path());
    }
    return SpeakerModel.load(path(), new DeviceChoice(device()));
  }

  /** How scores of that model become decisions. */
  static DecisionProfile decision(SpeakerModel model) {
    try {
      return new ObjectMapper().treeToValue(model.manifest().decision(), DecisionProfile.class);
    } catch (JsonProcessingException e) {
      throw CommandException.failed(
          "the model %s cannot decide: %s"
              .formatted(model.manifest().version(), e.getOriginalMessage()));
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
