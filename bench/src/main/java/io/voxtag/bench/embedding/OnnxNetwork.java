package io.voxtag.bench.embedding;

import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.voxtag.bench.onnx.EcapaOnnx;
import java.nio.FloatBuffer;
import java.util.Map;

/** An ONNX model on ONNX Runtime's CPU provider. Thread-safe. */
final class OnnxNetwork implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxNetwork(byte[] model, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      session = environment.createSession(model, options);
    }
  }

  /** Features [batch, frames, bins] to embeddings [batch, embedding], row-major. */
  float[] embed(float[] features, Shape shape) {
    try (OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(features), shape.getShape());
        OrtSession.Result result = session.run(Map.of(EcapaOnnx.INPUT, input))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[output.remaining()];
      output.get(values);
      return values;
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed on input " + shape, e);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
