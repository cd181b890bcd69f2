package io.voxtag.voiceprint.importing.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.TensorData;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PyTorchCheckpointTest {
  private static final List<TensorData> TENSORS =
      List.of(
          TensorData.of("fc.weight", new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
          TensorData.of("fc.bias", new float[] {-1, 0.5f}, 2));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"odd.pt", "odd-old.pt", "odd-protocol-4.pt"})
  void tensorsOfEveryTypeAndLayoutAreWhatTheyWereInPython(String file) throws IOException {
    Map<String, TensorData> tensors = PyTorchCheckpoint.read(resource(file));

    assertThat(tensors.get("transposed").shape()).containsExactly(6, 4);
    assertThat(tensors.get("transposed").toFloats()).startsWith(0, 6, 12, 18, 1, 7, 13, 19, 2);
    assertThat(tensors.get("part").toFloats()).containsExactly(8, 9, 10, 14, 15, 16);
    assertThat(tensors.get("expanded").shape()).containsExactly(2, 3);
    assertThat(tensors.get("expanded").toFloats()).containsOnly(2.5f);
    assertThat(tensors.get("half").toFloats()).containsExactly(1.5f, -0.25f);
    assertThat(tensors.get("brain").dtype()).isEqualTo(DType.BF16);
    assertThat(tensors.get("brain").toFloats()).containsExactly(1.5f, -0.25f);
    assertThat(tensors.get("double").toFloats()).containsExactly((float) Math.PI);
    assertThat(tensors.get("count").shape()).isEmpty();
    assertThat(tensors.get("count").toLongs()).containsExactly(7);
    assertThat(tensors.get("parameter").toFloats()).containsExactly(1, 1);
    assertThat(tensors.get("empty").shape()).containsExactly(0, 3);
    assertThat(tensors).hasSize(9);
  }

  @Test
  void bothFormatsHoldTheSame() throws IOException {
    assertThat(PyTorchCheckpoint.read(Checkpoints.zip(folder.resolve("new.pt"), TENSORS)).values())
        .containsExactlyElementsOf(TENSORS);
    assertThat(
            PyTorchCheckpoint.read(Checkpoints.legacy(folder.resolve("old.pt"), TENSORS)).values())
        .containsExactlyElementsOf(TENSORS);
  }

  @Test
  void elementsOfABigEndianMachineAreTurnedAround() throws IOException {
    byte[] bigEndian =
        ByteBuffer.allocate(8).order(ByteOrder.BIG_ENDIAN).putFloat(1.25f).putFloat(-3).array();
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("model/data.pkl", oneTensor(2, 0, new long[] {2}, new long[] {1}));
    entries.put("model/data/0", bigEndian);
    entries.put("model/byteorder", "big".getBytes(StandardCharsets.US_ASCII));

    Path file = Checkpoints.zip(folder.resolve("big.pt"), entries);

    assertThat(PyTorchCheckpoint.read(file).get("w").toFloats()).containsExactly(1.25f, -3);
  }

  static byte[] oneTensor(long elements, long offset, long[] shape, long[] stride) {
    return new Pickle()
        .op('}')
        .text("w")
        .tensor("0", elements, offset, shape, stride)
        .op('s')
        .end();
  }

  private static Path resource(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(
                  PyTorchCheckpointTest.class.getResource("/importing/" + name), name)
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
