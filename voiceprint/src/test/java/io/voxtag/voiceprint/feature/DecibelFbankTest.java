package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.voxtag.voiceprint.Reference;
import io.voxtag.voiceprint.bundle.Safetensors;
import io.voxtag.voiceprint.bundle.TensorData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against another formulation of SpeechBrain's and WeSpeaker's features. */
class DecibelFbankTest {
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void equalsTheReferenceOfSpeechBrain() throws IOException {
    assertEquals("DecibelFbank", Map.of("n_mels", 24), "speechbrain.features");
  }

  @Test
  void kaldisEqualThoseOfWeSpeakerAnd3dSpeaker() throws IOException {
    assertEquals(
        "Fbank", Map.of("num_mel_bins", 24, "window_type", "hamming"), "wespeaker.features");
    assertEquals("Fbank", Map.of("num_mel_bins", 24, "input_scale", 1), "3d-speaker.features");
  }

  @Test
  void aBatchGivesWhatItsPartsGive() throws IOException {
    FeatureExtractor extractor = FeatureMethod.of("DecibelFbank").create(Map.of("n_mels", 24));
    NDArray waveform = tensor("waveform");
    NDArray quiet = waveform.mul(0.01f);

    NDArray batch = extractor.extract(waveform.concat(quiet, 0));

    Reference.assertClose(batch.get("1:2"), extractor.extract(quiet), 1e-6);
  }

  private void assertEquals(String method, Map<String, Object> arguments, String name)
      throws IOException {
    NDArray features = FeatureMethod.of(method).create(arguments).extract(tensor("waveform"));
    Reference.assertClose(features.squeeze(0), tensor(name), 1e-4);
  }

  private NDArray tensor(String name) throws IOException {
    String file = "/importing/reference.safetensors";
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(file), file)) {
      TensorData tensor =
          Safetensors.read(ByteBuffer.wrap(in.readAllBytes()), file).tensors().get(name);
      return manager.create(tensor.toFloats(), new Shape(tensor.shape()));
    }
  }
}
