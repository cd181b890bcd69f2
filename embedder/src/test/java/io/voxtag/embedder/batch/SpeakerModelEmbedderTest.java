package io.voxtag.embedder.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.testkit.speech.TestSpeech;
import io.voxtag.testkit.speech.Voice;
import io.voxtag.voiceprint.bundle.BundlePolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeakerModelEmbedderTest {

  @TempDir Path folder;

  @Test
  void embedsWithTheNetworkOfTheBundle() throws IOException {
    RandomBundle.write(folder.resolve("model"), 16_000);
    float[] window = TestSpeech.speak(Voice.of(1), 1, Duration.ofSeconds(3), 16_000);
    float[] other = TestSpeech.speak(Voice.of(2), 1, Duration.ofSeconds(2), 16_000);

    try (WindowEmbedder embedder =
        SpeakerModelEmbedder.load(folder.resolve("model"), "cpu", BundlePolicy.DEFAULT)) {
      float[][] vectors = embedder.embed(List.of(window, other, window));

      assertThat(embedder.modelVersion()).isEqualTo("random-1");
      assertThat(embedder.dimension()).isEqualTo(24);
      assertThat(embedder.minSamples()).isBetween(1, 16_000);
      assertThat(embedder.sameVoiceThreshold()).hasValue(0.4);
      assertThat(vectors[0]).hasSize(24).isEqualTo(vectors[2]).isNotEqualTo(vectors[1]);
      double norm = 0;
      for (float value : vectors[1]) {
        norm += value * value;
      }
      assertThat(norm).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void aClosedModelHasNoMemoryLeftToEmbedWith() throws IOException {
    RandomBundle.write(folder.resolve("model"), 16_000);
    SpeakerModelEmbedder embedder =
        SpeakerModelEmbedder.load(folder.resolve("model"), "cpu", BundlePolicy.DEFAULT);

    embedder.close();

    assertThatThrownBy(() -> embedder.embed(List.of(new float[16_000])))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aModelForAnotherRateIsRefused() throws IOException {
    RandomBundle.write(folder.resolve("model"), 8_000);

    assertThatThrownBy(
            () -> SpeakerModelEmbedder.load(folder.resolve("model"), "cpu", BundlePolicy.DEFAULT))
        .isInstanceOf(UnsuitableModelException.class)
        .hasMessageContaining("takes 8000 Hz, must be 16000");
  }

  @Test
  void aMissingModelIsRefusedByName() {
    assertThatThrownBy(
            () -> SpeakerModelEmbedder.load(folder.resolve("none"), "cpu", BundlePolicy.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }
}
