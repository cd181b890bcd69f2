package io.voxtag.scoring.diarization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkageTest {

  @Test
  void agreesWithScipy() throws IOException {
    for (JsonNode expected : ReferenceValues.read("linkage.json")) {
      // given
      List<float[]> vectors = Arrays.asList(ReferenceValues.vectors(expected.get("vectors")));

      // when
      Linkage linkage = Linkage.of(Distances.cosine(vectors));

      // then
      assertThat(linkage.joins()).hasSize(expected.get("distances").size());
      for (int i = 0; i < linkage.joins().size(); i++) {
        assertThat(linkage.joins().get(i).distance())
            .isCloseTo(expected.get("distances").get(i).asDouble(), within(1e-5));
      }
      expected
          .get("cuts")
          .properties()
          .forEach(
              cut ->
                  assertThat(linkage.cut(Integer.parseInt(cut.getKey())))
                      .as("%s clusters", cut.getKey())
                      .isEqualTo(Labels.numbered(ReferenceValues.ints(cut.getValue()))));
    }
  }

  @Test
  void meanDistancesAreThoseCalculatedByHand() {
    // given: 0 and 1 are near, 2 is between them and 3
    Distances distances = new Distances(4);
    distances.set(0, 1, 0.1f);
    distances.set(0, 2, 0.4f);
    distances.set(1, 2, 0.6f);
    distances.set(0, 3, 0.9f);
    distances.set(1, 3, 0.7f);
    distances.set(2, 3, 0.45f);

    // when
    Linkage linkage = Linkage.of(distances);

    // then: 2 and 3 at 0.45, and then the mean of 0.4, 0.6, 0.9 and 0.7
    assertThat(linkage.joins().stream().mapToDouble(Linkage.Join::distance).toArray())
        .containsExactly(new double[] {0.1, 0.45, 0.65}, within(1e-6));
    assertThat(linkage.cut(3)).containsExactly(0, 0, 1, 2);
    assertThat(linkage.cut(2)).containsExactly(0, 0, 1, 1);
    assertThat(linkage.clusters(0.09)).isEqualTo(4);
    assertThat(linkage.clusters(0.5)).isEqualTo(2);
  }

  @Test
  void aSinglePointIsACluster() {
    Linkage linkage = Linkage.of(new Distances(1));

    assertThat(linkage.clusters(2)).isEqualTo(1);
    assertThat(linkage.cut(1)).containsExactly(0);
  }

  @Test
  void pointsThatAreAllEquallyFarAreJoinedToo() {
    Distances distances = new Distances(50);
    for (int i = 1; i < 50; i++) {
      for (int j = 0; j < i; j++) {
        distances.set(i, j, 1);
      }
    }

    assertThat(Linkage.of(distances).joins()).hasSize(49);
  }
}
