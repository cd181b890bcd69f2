package io.voxtag.voiceprint.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.voxtag.voiceprint.training.config.DatasetConf;
import io.voxtag.voiceprint.training.data.AudioCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Embeds recordings with the network of a run. */
final class TestSpeech implements Evaluator.Embedder {
  private final Replica replica;
  private final DatasetConf config;
  private final int threads;
  private final Path cache;
  private final int minSamples;

  /**
   * @param cache where decoded audio lies
   * @param minSamples the fewest that the features take
   */
  TestSpeech(Replica replica, DatasetConf config, int threads, Path cache, int minSamples) {
    this.replica = replica;
    this.config = config;
    this.threads = threads;
    this.cache = cache;
    this.minSamples = minSamples;
  }

  @Override
  public Map<Path, float[]> embed(Collection<Path> recordings) throws IOException {
    List<Path> files = List.copyOf(recordings);
    AudioCache audio =
        AudioCache.open(
            cache,
            files,
            1,
            (double) minSamples / AudioCache.SAMPLE_RATE,
            new AudioCache.Decoding(config.doVad(), threads));
    int most = (int) Math.round(config.evalConf().maxDuration() * AudioCache.SAMPLE_RATE);
    // Without padding, only recordings of one length share a batch.
    Map<Integer, List<AudioCache.Clip>> byLength = new TreeMap<>();
    for (AudioCache.Clip clip : audio.clips()) {
      byLength
          .computeIfAbsent(Math.min(clip.length(), most), length -> new ArrayList<>())
          .add(clip);
    }
    Map<Path, float[]> vectors = new LinkedHashMap<>();
    byLength.forEach(
        (length, clips) -> {
          int size = config.evalConf().batchSize();
          for (int from = 0; from < clips.size(); from += size) {
            List<AudioCache.Clip> part = clips.subList(from, Math.min(from + size, clips.size()));
            embed(part, length, files, vectors);
          }
        });
    return vectors;
  }

  private void embed(
      List<AudioCache.Clip> clips, int length, List<Path> files, Map<Path, float[]> vectors) {
    float[] samples = new float[clips.size() * length];
    float[] one = new float[length];
    for (int i = 0; i < clips.size(); i++) {
      clips.get(i).read(0, one);
      System.arraycopy(one, 0, samples, i * length, length);
    }
    try (NDManager scratch = replica.manager().newSubManager()) {
      NDArray unit =
          replica.embed(scratch.create(samples, new Shape(clips.size(), length))).normalize(2, 1);
      float[] values = unit.toFloatArray();
      int size = values.length / clips.size();
      for (int i = 0; i < clips.size(); i++) {
        vectors.put(
            files.get(clips.get(i).source()), Arrays.copyOfRange(values, i * size, (i + 1) * size));
      }
    }
  }
}
