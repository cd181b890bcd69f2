package io.voxtag.bench.embedding;

import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OrtException;
import io.voxtag.bench.measure.Agreement;
import io.voxtag.bench.measure.Contestant;
import io.voxtag.bench.measure.Race;
import io.voxtag.bench.measure.Rates;
import io.voxtag.bench.measure.Threads;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.OperatorThreads;
import io.voxtag.voiceprint.SpeakerModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Races Voxtag's network, its whole model, ONNX Runtime and a matrix product. */
final class EmbeddingBench {
  private final Race race;

  EmbeddingBench(Race race) {
    this.race = race;
  }

  /**
   * Measures a model.
   *
   * @param listener gets the lines of each batch size as soon as they are there
   */
  void measure(
      Subject subject, Threads threads, List<Integer> batches, Consumer<List<Line>> listener)
      throws IOException, OrtException {
    try (VoxtagNetwork network = new VoxtagNetwork(subject.bundle(), subject.bins());
        SpeakerModel model = SpeakerModel.load(subject.bundle(), DeviceChoice.CPU);
        OnnxNetwork onnx = new OnnxNetwork(subject.onnx().bytes(), threads.perWorker());
        MatrixProduct product = new MatrixProduct()) {
      for (int batch : batches) {
        listener.accept(measure(subject, threads, batch, network, model, onnx, product));
      }
    }
  }

  private List<Line> measure(
      Subject subject,
      Threads threads,
      int batch,
      VoxtagNetwork network,
      SpeakerModel model,
      OnnxNetwork onnx,
      MatrixProduct product) {
    float[] features = subject.features(batch);
    Shape shape = subject.shape(batch);
    List<float[]> windows = subject.windows(batch);
    Agreement.require(subject.name(), network.embed(features, shape), onnx.embed(features, shape));
    Contestant ours = new Contestant("voxtag network", batch, () -> network.embed(features, shape));
    Contestant whole = new Contestant("voxtag with features", batch, () -> model.embed(windows));
    Contestant peer =
        new Contestant("onnxruntime network", batch, () -> onnx.embed(features, shape));
    Contestant limit = new Contestant("matrix product 2048", 1, product::multiply);
    Map<Contestant, Rates> rates =
        race.run(
            List.of(ours, peer, whole, limit),
            threads.workers(),
            // PyTorch keeps the number for each thread that calls it.
            () -> OperatorThreads.set(threads.perWorker()));
    List<Line> lines = new ArrayList<>();
    for (Contestant contestant : List.of(ours, peer, whole, limit)) {
      Rates rate = rates.get(contestant);
      boolean isLimit = contestant.equals(limit);
      double gigaflops = isLimit ? MatrixProduct.flops() * 1e-9 : subject.gigaflops();
      lines.add(
          new Line(
              subject.name(),
              threads,
              batch,
              contestant.name(),
              rate,
              isLimit ? Double.NaN : rate.ratioTo(rates.get(peer)),
              rate.median() * gigaflops,
              rate.ratioTo(rates.get(limit)) * gigaflops / (MatrixProduct.flops() * 1e-9)));
    }
    return lines;
  }
}
