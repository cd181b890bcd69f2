package io.voxtag.embedder.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.OperatorThreads;
import io.voxtag.voiceprint.SpeakerModel;
import io.voxtag.voiceprint.bundle.BundlePolicy;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** The network of a model bundle. */
public final class SpeakerModelEmbedder implements WindowEmbedder {

  private static final int RATE = 16_000;
  // What scoring takes where a bundle names the threshold alone.
  private static final double SAME_VOICE_MARGIN = 0.1;

  private final SpeakerModel model;

  private SpeakerModelEmbedder(SpeakerModel model) {
    this.model = model;
  }

  /**
   * Loads a bundle.
   *
   * @param bundle a directory or a zip file
   * @param device {@code auto}, {@code cpu}, {@code gpu} or the number of a GPU
   * @param policy what the bundle must keep to
   * @throws io.voxtag.voiceprint.bundle.BundleException if the bundle is missing, damaged or
   *     foreign, or not signed as demanded
   * @throws io.voxtag.voiceprint.IncompatibleModelException if this version cannot run its model
   * @throws UnsuitableModelException if the model is not for 16 kHz
   */
  public static SpeakerModelEmbedder load(Path bundle, String device, BundlePolicy policy)
      throws IOException {
    SpeakerModel model =
        SpeakerModel.load(ModelBundle.open(bundle, policy), new DeviceChoice(device));
    if (model.manifest().sampleRate() != RATE) {
      model.close();
      throw new UnsuitableModelException(
          "model %s in %s takes %d Hz, must be %d"
              .formatted(model.manifest().version(), bundle, model.manifest().sampleRate(), RATE));
    }
    if (!model.onGpu()) {
      // Batches run side by side instead: threads that share an operator wait for each other at its
      // end, and where something else needs a processor they all wait for the slowest.
      OperatorThreads.set(1);
    }
    return new SpeakerModelEmbedder(model);
  }

  @Override
  public String modelVersion() {
    return model.manifest().version();
  }

  @Override
  public int dimension() {
    return model.embeddingSize();
  }

  @Override
  public int minSamples() {
    return model.minSamples();
  }

  @Override
  public boolean onGpu() {
    return model.onGpu();
  }

  @Override
  public OptionalDouble sameVoiceThreshold() {
    JsonNode decision = model.manifest().decision();
    if (decision.path("sameVoiceThreshold").isNumber()) {
      return OptionalDouble.of(decision.path("sameVoiceThreshold").doubleValue());
    }
    JsonNode threshold = decision.path("threshold");
    return threshold.isNumber()
        ? OptionalDouble.of(threshold.doubleValue() - SAME_VOICE_MARGIN)
        : OptionalDouble.empty();
  }

  @Override
  public float[][] embed(List<float[]> windows) {
    return model.embed(windows);
  }

  @Override
  public void close() {
    model.close();
  }
}
