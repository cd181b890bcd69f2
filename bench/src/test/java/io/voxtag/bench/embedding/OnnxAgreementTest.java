package io.voxtag.bench.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.bench.measure.Agreement;
import io.voxtag.bench.onnx.EcapaOnnx;
import io.voxtag.voiceprint.ModelFusion;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.ModelManifest.Architecture;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxAgreementTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"reflect", "zeros"})
  void theExportedNetworkComputesWhatOursDoes(String padding) throws Exception {
    // given
    ModelBundle bundle = RandomModel.write(folder.resolve("model"), padding);
    EcapaOnnx.Export export = EcapaOnnx.export(bundle.manifest().architecture(), bundle.tensors());
    Shape shape = new Shape(2, 50, 80);
    float[] features = features((int) shape.size());
    // when
    float[] ours;
    float[] theirs;
    try (VoxtagNetwork network = new VoxtagNetwork(bundle, 80);
        OnnxNetwork onnx = new OnnxNetwork(export.bytes(), 1)) {
      ours = network.embed(features, shape);
      theirs = onnx.embed(features, shape);
    }
    // then
    assertThat(theirs).hasSize(2 * 192);
    assertThat(Agreement.require("random", theirs, ours)).isLessThan(1e-4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFusionIsExportedWhole(boolean tellsBandsApart) throws Exception {
    // given
    List<Double> narrowband = tellsBandsApart ? List.of(0.0, 1.0) : List.of();
    ModelBundle bundle =
        ModelFusion.fuse(
            List.of(
                RandomModel.write(folder.resolve("one"), "reflect"),
                RandomModel.write(folder.resolve("two"), "zeros")),
            new ModelFusion.Weights(List.of(2.0, 1.0), narrowband),
            "joint",
            folder.resolve("joint"));
    EcapaOnnx.Export export = EcapaOnnx.export(bundle.manifest().architecture(), bundle.tensors());
    Shape shape = new Shape(2, 50, 80);
    float[] features = features((int) shape.size());
    // when
    float[] ours;
    float[] theirs;
    try (VoxtagNetwork network = new VoxtagNetwork(bundle, 80);
        OnnxNetwork onnx = new OnnxNetwork(export.bytes(), 1)) {
      ours = network.embed(features, shape);
      theirs = onnx.embed(features, shape);
    }
    // then
    assertThat(theirs).hasSize(2 * 2 * 192);
    assertThat(Agreement.require("joint", theirs, ours)).isLessThan(1e-4);
  }

  @Test
  void aFusionThatLeavesANetworkOutIsRefused() throws Exception {
    ModelBundle bundle =
        ModelFusion.fuse(
            List.of(
                RandomModel.write(folder.resolve("one"), "reflect"),
                RandomModel.write(folder.resolve("two"), "zeros")),
            new ModelFusion.Weights(List.of(0.0, 1.0), List.of(1.0, 1.0)),
            "joint",
            folder.resolve("joint"));

    assertThatThrownBy(() -> EcapaOnnx.export(bundle.manifest().architecture(), bundle.tensors()))
        .hasMessage("cannot export a fusion with weights of 0 to ONNX");
  }

  @Test
  void workIsCountedAsForTheKnownSize() throws Exception {
    // given the network of 6,194,048 parameters, whose forward pass on 300 frames with the context
    // joined to every frame is 1.55 G multiply-adds
    ModelBundle bundle = RandomModel.write(folder.resolve("model"), "zeros");
    EcapaOnnx.Export export = EcapaOnnx.export(bundle.manifest().architecture(), bundle.tensors());
    // when the context, which is computed once here, is counted for every frame too
    double joined = export.flops(300) / 2 + 299.0 * 2 * 1536 * 128;
    // then
    assertThat(joined * 1e-9).isBetween(1.54, 1.56);
  }

  @Test
  void aNetworkThatIsNotWrittenHereIsRefused() throws Exception {
    ModelBundle bundle = RandomModel.write(folder.resolve("model"), "zeros");
    Map<String, Object> args = new HashMap<>(bundle.manifest().architecture().args());
    args.put("pooling_type", "SAP");
    assertThatThrownBy(
            () -> EcapaOnnx.export(new Architecture("EcapaTdnn", args), bundle.tensors()))
        .hasMessage("cannot export pooling other than ASP to ONNX");
  }

  @Test
  void differentOutputsEndTheBenchmark() {
    assertThatThrownBy(() -> Agreement.require("x", new float[] {1, 2}, new float[] {1, 2.01f}))
        .hasMessageContaining("outputs differ");
    assertThatThrownBy(() -> Agreement.require("x", new float[] {Float.NaN}, new float[] {1}))
        .hasMessageContaining("outputs differ");
  }

  @Test
  void jsonHasALineForEachContestant() throws Exception {
    // when
    java.io.StringWriter out = new java.io.StringWriter();
    int exit =
        new picocli.CommandLine(new EmbeddingsCommand())
            .setOut(new java.io.PrintWriter(out, true))
            .execute(
                "--starter=" + folder.resolve("none"),
                "--batch=1",
                "--threads=1x1",
                "--rounds=1",
                "--seconds=0.01",
                "--json");
    // then
    assertThat(exit).isZero();
    var lines = new ObjectMapper().readTree(out.toString()).path("embeddings");
    assertThat(lines.findValuesAsText("contestant"))
        .containsExactly(
            "voxtag network", "onnxruntime network", "voxtag with features", "matrix product 2048");
    assertThat(lines.path(0).path("perSecond").asDouble()).isPositive();
    assertThat(lines.path(0).path("ratioToOnnxRuntime").asDouble()).isPositive();
    assertThat(lines.path(3).path("shareOfMatrixProduct").asDouble()).isEqualTo(1);
  }

  private static float[] features(int size) {
    Random random = new Random(3);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
