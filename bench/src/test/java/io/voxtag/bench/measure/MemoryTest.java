package io.voxtag.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MemoryTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void nativeMemoryCounts() throws Exception {
    // given
    long before = Memory.resident().orElseThrow();
    // when 64 MB outside the heap are written to
    ByteBuffer block = ByteBuffer.allocateDirect(64 << 20);
    for (int i = 0; i < block.capacity(); i += 4096) {
      block.put(i, (byte) 1);
    }
    // then
    assertThat(Memory.resident().orElseThrow() - before).isGreaterThan(48L << 20);
    assertThat(block.get(0)).isEqualTo((byte) 1);
  }
}
