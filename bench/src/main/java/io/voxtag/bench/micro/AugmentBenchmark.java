package io.voxtag.bench.micro;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.voiceprint.training.augment.AugmentConfig;
import io.voxtag.voiceprint.training.augment.Augmenter;
import io.voxtag.voiceprint.training.data.AudioCache;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
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

/** What a training crop of 3 s goes through on a worker thread: crops a second on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AugmentBenchmark {
  /** The mixture that the starter model was trained with, and single effects at every crop. */
  private static final ObjectNode EFFECTS = effects();

  @Param({
    "starter",
    "speed",
    "velvet_room",
    "image_room",
    "equalizer",
    "g711",
    "gsm",
    "opus",
    "resample"
  })
  String effect = "starter";

  private final float[] crop = new float[3 * AudioCache.SAMPLE_RATE];
  private final SplittableRandom random = new SplittableRandom(1);
  private Augmenter augmenter =
      new Augmenter(AugmentConfig.of(new ObjectMapper().createObjectNode()), List.of(), List.of());

  @Setup
  public void open() {
    Random noise = new Random(1);
    for (int i = 0; i < crop.length; i++) {
      crop[i] = (float) (0.2 * Math.sin(i * 0.05) + 0.02 * noise.nextGaussian());
    }
    augmenter = new Augmenter(AugmentConfig.of(EFFECTS.get(effect)), List.of(), List.of());
  }

  @Benchmark
  public float[] cropOfThreeSeconds() {
    return augmenter.apply(crop, random);
  }

  private static ObjectNode effects() {
    try {
      return (ObjectNode)
          new ObjectMapper()
              .readTree(
                  """
                  {
                    "starter": {
                      "reverb": {"prob": 0.15, "min_rt60": 0.1, "max_rt60": 0.6},
                      "equalizer": {"prob": 0.35, "max_gain_db": 8},
                      "telephone": {"prob": 0.45, "loss_prob": 0.2},
                      "volume": {"prob": 0.5, "min_gain_db": -25, "max_gain_db": 10}
                    },
                    "speed": {"speed": {"prob": 1}},
                    "velvet_room": {"reverb": {"prob": 1}},
                    "image_room": {"reverb": {"prob": 1, "rooms": "image_source"}},
                    "equalizer": {"equalizer": {"prob": 1}},
                    "g711": {"telephone": {"prob": 1}},
                    "gsm": {"telephone": {"prob": 1, "codecs": ["gsm"]}},
                    "opus": {"telephone": {"prob": 1, "codecs": ["opus"]}},
                    "resample": {"resample": {"prob": 1}}
                  }
                  """);
    } catch (IOException e) {
      throw new IllegalStateException("the effects above are not JSON", e);
    }
  }
}
