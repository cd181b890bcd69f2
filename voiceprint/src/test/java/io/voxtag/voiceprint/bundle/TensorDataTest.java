package io.voxtag.voiceprint.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class TensorDataTest {

  @Test
  void bfloat16IsTheUpperHalfOfAFloat() {
    ByteBuffer data = ByteBuffer.wrap(new byte[] {(byte) 0x80, 0x3f, 0x40, (byte) 0xc0});
    assertThat(new TensorData("t", DType.BF16, new long[] {2}, data).toFloats())
        .containsExactly(1f, -3f);
  }

  @Test
  void doublesAreReadAsFloats() {
    assertThat(doubles(0.5, -4).toFloats()).containsExactly(0.5f, -4f);
  }

  @Test
  void halfPrecisionKeepsThreeDigits() {
    TensorData half = TensorData.of("t", new float[] {0.1f, -1234.5f, 1e-6f}, 3).as(DType.F16);
    assertThat(half.dtype()).isEqualTo(DType.F16);
    assertThat(half.toFloats()).containsExactly(0.099975586f, -1234f, 1.013279e-6f);
  }

  @Test
  void aValueBeyondHalfPrecisionIsNamed() {
    TensorData tensor = TensorData.of("layer.weight", new float[] {1, 70_000}, 2);
    assertThatThrownBy(() -> tensor.as(DType.F16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor 'layer.weight' element 1 is 70000.0, beyond the range of F16");
  }

  @Test
  void aDoubleBeyondFloatIsFiniteButNotConvertible() {
    TensorData tensor = doubles(1e300);
    assertThat(tensor.isFinite()).isTrue();
    assertThatThrownBy(() -> tensor.as(DType.F32)).hasMessageContaining("1.0E300");
  }

  @Test
  void infinityAndNanAreNotFinite() {
    assertThat(TensorData.of("t", new float[] {1, Float.NaN}, 2).isFinite()).isFalse();
    assertThat(doubles(Double.POSITIVE_INFINITY).isFinite()).isFalse();
    assertThat(TensorData.of("t", new long[] {1}, 1).isFinite()).isTrue();
  }

  @Test
  void integersAreNotFloats() {
    TensorData tensor = TensorData.of("steps", new long[] {7});
    assertThat(tensor.toLongs()).containsExactly(7);
    assertThatThrownBy(tensor::toFloats).hasMessageContaining("'steps' are I64");
  }

  @Test
  void shapeAndDataMustAgree() {
    assertThatThrownBy(() -> TensorData.of("t", new float[5], 2, 3))
        .hasMessage("tensor 't' has 20 bytes where F32 [2, 3] needs 24");
    assertThatThrownBy(() -> TensorData.of("t", new float[0], -1)).hasMessageContaining("negative");
  }

  private static TensorData doubles(double... values) {
    ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asDoubleBuffer().put(values);
    return new TensorData("d", DType.F64, new long[] {values.length}, data);
  }
}
