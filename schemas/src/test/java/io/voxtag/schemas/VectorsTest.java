package io.voxtag.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class VectorsTest {

  @Test
  void aVectorIsLittleEndianFloats() {
    // when: 1.0 is 3f800000, -2.5 is c0200000
    ByteBuffer bytes = Vectors.encode(new float[] {1f, -2.5f});

    // then
    assertThat(bytes)
        .isEqualTo(ByteBuffer.wrap(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0x20, (byte) 0xc0}));
  }

  @Test
  void aVectorComesBackBitForBit() {
    float[] vector = {0.1f, Float.MIN_VALUE, -0f, Float.MAX_VALUE};

    assertThat(Vectors.decode(Vectors.encode(vector))).isEqualTo(vector);
  }

  @Test
  void readingLeavesTheBufferAsItWas() {
    // given: a buffer that begins inside its array
    ByteBuffer bytes = ByteBuffer.allocate(12).position(4);
    bytes.put(4, Vectors.encode(new float[] {3f, 4f}), 0, 8);

    // then
    assertThat(Vectors.decode(bytes)).containsExactly(3f, 4f);
    assertThat(bytes.position()).isEqualTo(4);
  }

  @Test
  void bytesThatAreNoFloatsAreRefused() {
    assertThatThrownBy(() -> Vectors.decode(ByteBuffer.allocate(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 bytes");
  }
}
