package io.voxtag.bench.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.voxtag.bench.measure.Agreement;
import io.voxtag.bench.measure.Contestant;
import io.voxtag.bench.measure.Memory;
import io.voxtag.bench.measure.Race;
import io.voxtag.bench.measure.Rates;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.OperatorThreads;
import io.voxtag.voiceprint.SpeakerModel;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.feature.FeatureMethod;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Lets Voxtag and the peer train and extract features in turns, after a check that their features
 * and embeddings are the same.
 *
 * @param rounds turns of each
 * @param steps of a turn of training
 * @param slice length of a turn of feature extraction
 */
record TrainingBench(int rounds, int steps, Duration slice) {
  /** Waveforms that are compared. */
  private static final int COMPARED = 2;

  private static final FeatureExtractor FEATURES =
      FeatureMethod.FBANK.create(Map.of("num_mel_bins", Subject.BINS));

  /** Measures a network and its features. */
  List<Line> measure(Subject subject, String python, Path folder) throws IOException {
    try (VoxtagTraining voxtag = new VoxtagTraining(subject, folder);
        PythonPeer peer = new PythonPeer(python, subject, folder)) {
      compare(subject, voxtag, peer, folder);
      return List.of(training(subject, voxtag, peer), features(subject, peer));
    }
  }

  private static void compare(Subject subject, VoxtagTraining voxtag, PythonPeer peer, Path folder)
      throws IOException {
    List<float[]> waves = waves(subject, COMPARED);
    Agreement.require("features", extract(waves), peer.extract(waves));
    ModelBundle bundle = voxtag.export(folder.resolve("bundle"));
    float[] ours = new float[COMPARED * Subject.EMBEDDING];
    try (SpeakerModel model = SpeakerModel.load(bundle, DeviceChoice.CPU)) {
      float[][] vectors = model.embed(waves);
      for (int i = 0; i < COMPARED; i++) {
        System.arraycopy(vectors[i], 0, ours, i * Subject.EMBEDDING, Subject.EMBEDDING);
      }
    }
    Path weights = folder.resolve("bundle").resolve("weights.safetensors");
    Agreement.require("embeddings", ours, peer.embed(weights, waves));
  }

  private Line training(Subject subject, VoxtagTraining voxtag, PythonPeer peer)
      throws IOException {
    // Allocators and caches of both settle in the first steps.
    voxtag.train(steps);
    peer.train(steps);
    List<Turn> ours = new ArrayList<>();
    List<Turn> theirs = new ArrayList<>();
    OptionalLong ourFirst = Memory.resident();
    OptionalLong theirFirst = peer.memory();
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        ours.add(voxtag.train(steps));
        theirs.add(peer.train(steps));
      } else {
        theirs.add(peer.train(steps));
        ours.add(voxtag.train(steps));
      }
    }
    return new Line(
        subject,
        "training",
        Turn.rates(ours),
        Turn.rates(theirs),
        Turn.processorMillis(theirs) / Turn.processorMillis(ours),
        new Line.Growth(ourFirst, Memory.resident()),
        new Line.Growth(theirFirst, peer.memory()));
  }

  private Line features(Subject subject, PythonPeer peer) throws IOException {
    List<float[]> waves = waves(subject, subject.batch());
    Agreement.require("features of a batch", extract(waves), peer.extract(waves));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      NDArray input = tensor(manager, waves);
      Contestant ours = new Contestant("voxtag", waves.size(), () -> extract(manager, input));
      Contestant theirs = new Contestant("python", waves.size(), peer::extractAgain);
      OptionalLong ourFirst = Memory.resident();
      OptionalLong theirFirst = peer.memory();
      Map<Contestant, Rates> rates =
          new Race(rounds, slice)
              .run(List.of(ours, theirs), 1, () -> OperatorThreads.set(subject.threads()));
      return new Line(
          subject,
          "features",
          rates.get(ours),
          rates.get(theirs),
          Double.NaN,
          new Line.Growth(ourFirst, Memory.resident()),
          new Line.Growth(theirFirst, peer.memory()));
    }
  }

  private static void extract(NDManager manager, NDArray input) {
    try (NDManager scratch = manager.newSubManager()) {
      // What is made on the way belongs to the manager of the waveforms.
      NDArray alias = input.stopGradient();
      alias.attach(scratch);
      FEATURES.extract(alias);
    }
  }

  private static float[] extract(List<float[]> waves) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      return FEATURES.extract(tensor(manager, waves)).toFloatArray();
    }
  }

  private static NDArray tensor(NDManager manager, List<float[]> waves) {
    int samples = waves.get(0).length;
    FloatBuffer buffer = FloatBuffer.allocate(waves.size() * samples);
    waves.forEach(buffer::put);
    return manager.create(buffer.rewind(), new Shape(waves.size(), samples), DataType.FLOAT32);
  }

  private static List<float[]> waves(Subject subject, int count) {
    Random random = new Random(count);
    List<float[]> waves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] wave = new float[subject.samples()];
      for (int k = 0; k < wave.length; k++) {
        wave[k] = (float) (0.1 * random.nextGaussian());
      }
      waves.add(wave);
    }
    return waves;
  }
}
