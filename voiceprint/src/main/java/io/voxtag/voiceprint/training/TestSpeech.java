package io.voxtag.voiceprint.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.training.config.DatasetConf;
import io.voxtag.voiceprint.training.data.AudioCache;
import io.voxtag.voiceprint.training.data.TrainingClip;
import io.voxtag.voiceprint.training.data.TrainingList;
import io.voxtag.voiceprint.training.features.ExtractedFeatures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Embeds recordings, or features that were extracted of them, with the network of a run. */
final class TestSpeech implements Evaluator.Embedder {
  private final Replica replica;
  private final DatasetConf config;
  private final int threads;
  private final Path cache;
  private final FeatureExtractor features;

  /**
   * @param cache where decoded audio lies
   * @param features that the network reads
   */
  TestSpeech(
      Replica replica, DatasetConf config, int threads, Path cache, FeatureExtractor features) {
    this.replica = replica;
    this.config = config;
    this.threads = threads;
    this.cache = cache;
    this.features = features;
  }

  @Override
  public Map<Path, float[]> embed(Collection<Path> recordings) throws IOException {
    List<Path> audio = new ArrayList<>();
    List<Path> extracted = new ArrayList<>();
    for (Path file : recordings) {
      (file.toString().endsWith(TrainingList.FEATURES) ? extracted : audio).add(file);
    }
    Map<Path, float[]> vectors = new LinkedHashMap<>();
    if (!audio.isEmpty()) {
      embed(audio(audio), audio, false, vectors);
    }
    embed(ExtractedFeatures.open(extracted, features.bins()), extracted, true, vectors);
    return vectors;
  }

  private List<AudioCache.Clip> audio(List<Path> files) throws IOException {
    double least = (double) features.minSamples() / AudioCache.SAMPLE_RATE;
    return AudioCache.open(cache, files, 1, least, new AudioCache.Decoding(config.doVad(), threads))
        .clips();
  }

  private void embed(
      List<? extends TrainingClip> clips,
      List<Path> files,
      boolean extracted,
      Map<Path, float[]> vectors) {
    NetworkInput input = new NetworkInput(features, extracted);
    int most = input.cropSize(config.evalConf().maxDuration(), replica.manager());
    // Without padding, only recordings of one length share a batch.
    Map<Integer, List<TrainingClip>> bySize = new TreeMap<>();
    for (TrainingClip clip : clips) {
      int size = (int) Math.min((long) clip.length() * clip.width(), most);
      bySize.computeIfAbsent(size, same -> new ArrayList<>()).add(clip);
    }
    bySize.forEach(
        (size, same) -> {
          int batch = config.evalConf().batchSize();
          for (int from = 0; from < same.size(); from += batch) {
            List<TrainingClip> part = same.subList(from, Math.min(from + batch, same.size()));
            float[][] embedded = embed(part, input, size);
            for (int i = 0; i < embedded.length; i++) {
              vectors.put(files.get(part.get(i).source()), embedded[i]);
            }
          }
        });
  }

  private float[][] embed(List<TrainingClip> clips, NetworkInput input, int size) {
    float[] crops = new float[clips.size() * size];
    float[] one = new float[size];
    for (int i = 0; i < clips.size(); i++) {
      clips.get(i).read(0, one);
      System.arraycopy(one, 0, crops, i * size, size);
    }
    try (NDManager scratch = replica.manager().newSubManager()) {
      NDArray frames = input.ofCrops(scratch, crops, clips.size());
      float[] values = replica.embed(frames).normalize(2, 1).toFloatArray();
      int length = values.length / clips.size();
      float[][] vectors = new float[clips.size()][];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = Arrays.copyOfRange(values, i * length, (i + 1) * length);
      }
      return vectors;
    }
  }
}
