package io.voxtag.bench.micro;

import io.voxtag.scoring.Candidate;
import io.voxtag.scoring.VoiceprintIndex;
import io.voxtag.scoring.VoiceprintSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The exact search through all voiceprints that a window's vector is scored with. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScanBenchmark {
  private static final int DIMENSION = 192;

  @Param({"1000", "100000"})
  int speakers;

  private final float[] vector = unit(new Random(0));
  private VoiceprintSnapshot snapshot = new VoiceprintIndex(DIMENSION).snapshot();

  @Setup
  public void fill() {
    Random random = new Random(1);
    Map<String, float[]> voiceprints = new HashMap<>();
    for (int i = 0; i < speakers; i++) {
      voiceprints.put("speaker-" + i, unit(random));
    }
    VoiceprintIndex index = new VoiceprintIndex(DIMENSION);
    index.replaceAll(voiceprints, "v1");
    snapshot = index.snapshot();
  }

  @Benchmark
  public List<Candidate> nearestFive() {
    return snapshot.nearest(vector, 5);
  }

  private static float[] unit(Random random) {
    float[] values = new float[DIMENSION];
    double square = 0;
    for (int i = 0; i < DIMENSION; i++) {
      values[i] = (float) random.nextGaussian();
      square += values[i] * values[i];
    }
    for (int i = 0; i < DIMENSION; i++) {
      values[i] /= (float) Math.sqrt(square);
    }
    return values;
  }
}
