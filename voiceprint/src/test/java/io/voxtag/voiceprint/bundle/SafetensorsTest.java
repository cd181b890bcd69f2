package io.voxtag.voiceprint.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.bundle.BundleException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final String TWO_FLOATS =
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

  @Test
  void whatWasWrittenIsRead(@TempDir Path folder) throws IOException {
    // given
    List<TensorData> tensors =
        List.of(
            TensorData.of("weight", new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
            TensorData.of("half", new float[] {0.5f}, 1).as(DType.F16),
            TensorData.of("steps", new long[] {42}),
            TensorData.of("none", new float[0], 0, 5));
    // when
    Path file = Files.write(folder.resolve("t.safetensors"), write(tensors, Map.of("by", "test")));
    Safetensors read = Safetensors.read(file);
    // then
    assertThat(read.tensors().values()).containsExactlyInAnyOrderElementsOf(tensors);
    assertThat(read.metadata()).containsExactly(Map.entry("by", "test"));
  }

  @Test
  void elementsAreAlignedToTheirSize() throws IOException {
    byte[] file =
        write(
            List.of(
                TensorData.of("h", new float[] {1}, 1).as(DType.F16),
                TensorData.of("steps", new long[] {42})),
            Map.of());
    long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(header % 8).isZero();
    assertThat(new String(file, 8, (int) header, StandardCharsets.UTF_8))
        .contains("\"steps\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}");
  }

  @Test
  void anotherImplementationReadsWhatWasWritten() throws IOException {
    byte[] file = write(List.of(TensorData.of("w", new float[] {1, 2, 3, 4}, 2, 2)), Map.of());
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList list = NDList.decode(manager, file);
      assertThat(list.get(0).getName()).isEqualTo("w");
      assertThat(list.get(0).getShape().getShape()).containsExactly(2, 2);
      assertThat(list.get(0).toFloatArray()).containsExactly(1, 2, 3, 4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"features", "losses", "net_ecapa_tdnn_asp"})
  void referenceFilesReadAsAnotherImplementationReadsThem(String name) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/reference/" + name + ".safetensors");
        NDManager manager = NDManager.newBaseManager()) {
      byte[] file = java.util.Objects.requireNonNull(in, name).readAllBytes();
      Safetensors read = Safetensors.read(ByteBuffer.wrap(file), name);
      NDList expected = NDList.decode(manager, file);
      assertThat(read.tensors()).hasSize(expected.size());
      assertThat(read.metadata()).isNotEmpty();
      for (NDArray array : expected) {
        TensorData tensor = read.tensors().get(array.getName());
        assertThat(tensor.shape()).containsExactly(array.getShape().getShape());
        assertThat(tensor.data()).isEqualTo(array.toByteBuffer().rewind());
      }
    }
  }

  @Test
  void allSharedReferencesAreReadable() throws IOException {
    Path folder = Path.of(System.getProperty("voxtag.shared", ""), "reference");
    Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no reference files at " + folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".safetensors")).toList()) {
        assertThat(Safetensors.read(file).tensors()).as(file.toString()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | tensors end at byte 0 of 8",
        "[] | not a JSON object",
        "{\"a\":1} | 'a' has no",
        "{\"a\":{\"dtype\":\"F99\",\"shape\":[2],\"data_offsets\":[0,8]}} | type 'F99'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | -2 in its shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}} | 2.0 in its shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}} | list of at most 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | needs 12",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,2],\"data_offsets\":[0,8]}}"
            + " | beyond any memory",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | begin and an end",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}} | begin and an end",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}} | -8 in its data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | starts at byte 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}} | end at byte 12 of 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}} | other fields",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | starts at byte 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[6,8]}} | starts at byte 6",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | Duplicate",
        "{\"__metadata__\":{\"x\":1}} | must be a text",
        "{\"__metadata__\":[]} | object of texts",
        "{\"a\": | not valid JSON",
      })
  void aHeaderThatLiesIsRefused(String header, String message) {
    assertThatThrownBy(() -> Safetensors.read(file(header, 8), "f.safetensors"))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("f.safetensors: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, 9L << 20, 1L << 40, 1000})
  void anImpossibleHeaderLengthIsRefused(long length) {
    ByteBuffer file = file(TWO_FLOATS, 8).putLong(0, length);
    assertThatThrownBy(() -> Safetensors.read(file, "f")).isInstanceOf(BundleException.class);
  }

  @Test
  void everyTruncationIsRefused() {
    ByteBuffer whole = file(TWO_FLOATS, 8);
    for (int length = 0; length < whole.capacity(); length++) {
      ByteBuffer part = whole.slice(0, length);
      assertThatThrownBy(() -> Safetensors.read(part, "f"))
          .as("first %d bytes", length)
          .isInstanceOf(BundleException.class);
    }
  }

  @Test
  void bytesAfterTheLastTensorAreRefused() {
    assertThatThrownBy(() -> Safetensors.read(file(TWO_FLOATS, 9), "f"))
        .isInstanceOfSatisfying(
            BundleException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
    assertThatThrownBy(() -> Safetensors.read(file(deep, 0), "f"))
        .isInstanceOf(BundleException.class);
  }

  @Test
  void twoTensorsOfOneNameAreNotWritten() {
    List<TensorData> tensors =
        List.of(TensorData.of("a", new float[1], 1), TensorData.of("a", new float[2], 2));
    assertThatThrownBy(() -> write(tensors, Map.of())).hasMessage("tensor name 'a' is taken");
  }

  @Test
  void manyTensorsKeepTheirNames() throws IOException {
    List<TensorData> tensors = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      tensors.add(TensorData.of("layer." + i, new float[] {i}, 1));
    }
    Safetensors read = Safetensors.read(ByteBuffer.wrap(write(tensors, Map.of())), "f");
    assertThat(read.tensors().get("layer.737").toFloats()).containsExactly(737);
    assertThat(read.tensors().keySet()).startsWith("layer.0", "layer.1");
  }

  private static byte[] write(List<TensorData> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, tensors, metadata);
    return out.toByteArray();
  }

  private static ByteBuffer file(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .rewind();
  }
}
