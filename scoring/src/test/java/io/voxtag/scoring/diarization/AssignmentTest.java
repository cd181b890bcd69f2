package io.voxtag.scoring.diarization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  @Test
  void theLargestSumIsFoundWhereTakingTheBestFirstMissesIt() {
    // given: 10 + 1 is less than 9 + 8
    double[][] values = {{10, 9}, {8, 1}};

    // when, then
    assertThat(Assignment.largestSum(values)).containsExactly(1, 0);
  }

  @Test
  void rowsWithoutAColumnGetNone() {
    assertThat(Assignment.largestSum(new double[][] {{1}, {3}, {2}}))
        .containsExactly(Assignment.NONE, 0, Assignment.NONE);
    assertThat(Assignment.largestSum(new double[][] {{1, 3, 2}})).containsExactly(1);
    assertThat(Assignment.largestSum(new double[][] {{}, {}}))
        .containsExactly(Assignment.NONE, Assignment.NONE);
    assertThat(Assignment.largestSum(new double[][] {})).isEmpty();
  }

  @Test
  void noOtherPairingOfRandomValuesHasALargerSum() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      // given
      int rows = 1 + random.nextInt(6);
      int columns = 1 + random.nextInt(6);
      double[][] values = new double[rows][columns];
      for (double[] row : values) {
        Arrays.setAll(row, i -> random.nextInt(20) - 10);
      }

      // when
      int[] columnOf = Assignment.largestSum(values);

      // then
      double sum = 0;
      int paired = 0;
      for (int row = 0; row < rows; row++) {
        if (columnOf[row] != Assignment.NONE) {
          sum += values[row][columnOf[row]];
          paired++;
        }
      }
      assertThat(paired).isEqualTo(Math.min(rows, columns));
      assertThat(sum).isEqualTo(best(values, 0, 0, paired));
    }
  }

  /** Tries all pairings of the rows from one on, with the columns that are not in the set. */
  private static double best(double[][] values, int row, int taken, int left) {
    if (left == 0) {
      return 0;
    }
    if (values.length - row < left) {
      return Double.NEGATIVE_INFINITY;
    }
    double best = best(values, row + 1, taken, left);
    for (int column = 0; column < values[row].length; column++) {
      if ((taken & 1 << column) == 0) {
        best =
            Math.max(
                best, values[row][column] + best(values, row + 1, taken | 1 << column, left - 1));
      }
    }
    return best;
  }
}
