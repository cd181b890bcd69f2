package io.voxtag.bench.embedding;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.voxtag.bench.onnx.EcapaOnnx;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.feature.FeatureMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A model to measure, and inputs for it.
 *
 * @param name for the table
 * @param windowSamples length of a window of audio
 * @param frames of features that it gives
 * @param bins of a frame
 */
record Subject(
    String name,
    ModelBundle bundle,
    EcapaOnnx.Export onnx,
    int windowSamples,
    int frames,
    int bins) {

  static Subject of(String name, ModelBundle bundle, int windowSamples) {
    var features = bundle.manifest().features();
    FeatureExtractor extractor = FeatureMethod.of(features.method()).create(features.args());
    int frames;
    try (NDManager manager = NDManager.newBaseManager()) {
      frames =
          (int) extractor.extract(manager.zeros(new Shape(1, windowSamples))).getShape().get(1);
    }
    EcapaOnnx.Export onnx = EcapaOnnx.export(bundle.manifest().architecture(), bundle.tensors());
    return new Subject(name, bundle, onnx, windowSamples, frames, extractor.bins());
  }

  double gigaflops() {
    return onnx.flops(frames) * 1e-9;
  }

  Shape shape(int batch) {
    return new Shape(batch, frames, bins);
  }

  float[] features(int batch) {
    Random random = new Random(batch);
    float[] values = new float[batch * frames * bins];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  List<float[]> windows(int batch) {
    Random random = new Random(batch);
    List<float[]> windows = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      float[] window = new float[windowSamples];
      for (int j = 0; j < windowSamples; j++) {
        window[j] = (float) (0.1 * random.nextGaussian());
      }
      windows.add(window);
    }
    return windows;
  }
}
