package io.voxtag.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorMatrixTest {

  private final Random random = new Random(5);

  @ParameterizedTest
  @CsvSource({"1, 1, 7", "256, 16, 8", "257, 17, 192", "600, 45, 21"})
  void comparesEachWithEachAsOneByOne(int rows, int queries, int dimension) {
    // given
    List<float[]> stored = vectors(rows, dimension);
    List<float[]> asked = vectors(queries, dimension);
    float[][] scores = new float[queries][];

    // when
    VectorMatrix matrix = VectorMatrix.of(stored);
    matrix.compare(asked, (query, cosines) -> scores[query] = cosines.clone());

    // then
    assertThat(matrix.size()).isEqualTo(rows);
    for (int query = 0; query < queries; query++) {
      assertThat(matrix.cosines(asked.get(query))).isEqualTo(scores[query]);
      for (int row = 0; row < rows; row++) {
        assertThat(scores[query][row])
            .isCloseTo(UnitVectors.cosine(asked.get(query), stored.get(row)), within(1e-6f));
      }
    }
  }

  @Test
  void refusesVectorsThatCannotBeComparedByTheirPlace() {
    VectorMatrix matrix = VectorMatrix.of(vectors(3, 4));

    assertThatThrownBy(() -> matrix.compare(vectors(2, 5), (query, cosines) -> {}))
        .hasMessageContaining("Vector 0 has 5 floats; it must have 4");
    assertThatThrownBy(() -> VectorMatrix.of(List.of())).hasMessageContaining("at least one");
    assertThatThrownBy(() -> VectorMatrix.of(List.of(new float[] {1, Float.NaN})))
        .hasMessageContaining("Vector 0 has NaN at position 1");
  }

  private List<float[]> vectors(int count, int dimension) {
    return Stream.generate(() -> TestVectors.random(random, dimension)).limit(count).toList();
  }
}
