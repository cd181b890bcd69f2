package io.voxtag.scoring.diarization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpectralClusteringTest {

  private static final int MOST = 8;

  @Test
  void theEigengapAgreesWithScipy() throws IOException {
    for (JsonNode expected : ReferenceValues.read("spectral.json")) {
      // given
      List<float[]> vectors = Arrays.asList(ReferenceValues.vectors(expected.get("vectors")));

      // when
      SpectralClustering.Gap gap = new SpectralClustering(vectors).gap(1, MOST);

      // then
      assertThat(gap.links()).isEqualTo(expected.get("links").asInt());
      assertThat(gap.clusters()).isEqualTo(expected.get("clusters").asInt());
      assertThat(gap.ratio()).isCloseTo(expected.get("ratio").asDouble(), within(1e-6));
    }
  }

  @Test
  void eigenvaluesOfTheLaplacianAgreeWithScipy() throws IOException {
    for (JsonNode expected : ReferenceValues.read("spectral.json")) {
      // given
      List<float[]> vectors = Arrays.asList(ReferenceValues.vectors(expected.get("vectors")));
      int links = expected.get("links").asInt();

      // when
      SymmetricEigen eigen =
          new SymmetricEigen(
              new Neighbours(vectors, links).laplacian(links), vectors.size(), false);

      // then
      for (int i = 0; i < vectors.size(); i++) {
        assertThat(eigen.value(i))
            .isCloseTo(expected.get("eigenvalues").get(i).asDouble(), within(1e-9));
      }
    }
  }

  @Test
  void voicesFarApartAreFoundExactly() {
    // given
    Voices voices = new Voices(3, 16);
    int[] speakers = voices.turns(3, 90);

    // when
    SpectralClustering spectral = new SpectralClustering(voices.vectors(speakers, 0.3));
    int[] labels = spectral.cluster(spectral.gap(1, MOST));

    // then
    assertThat(labels).isEqualTo(Labels.numbered(speakers));
  }
}
