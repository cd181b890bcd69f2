package io.voxtag.bench.micro;

import io.voxtag.audio.Resampler;
import io.voxtag.audio.SpeechActivity;
import io.voxtag.audio.VoiceActivity;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What every chunk and every window goes through before the network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AudioBenchmark {
  private static final int CHUNK_SAMPLES = 160;
  private static final int WINDOW_SECONDS = 3;

  private final float[] chunk = new float[CHUNK_SAMPLES];
  private final float[] window = new float[WINDOW_SECONDS * VoiceActivity.SAMPLE_RATE];
  private final VoiceActivity voiceActivity = new VoiceActivity();
  private final Resampler resampler = new Resampler(8_000, VoiceActivity.SAMPLE_RATE);

  @Setup
  public void fill() {
    Random random = new Random(1);
    for (int i = 0; i < chunk.length; i++) {
      chunk[i] = (float) (0.1 * random.nextGaussian());
    }
    // Bursts of a buzz in faint noise, so that both outcomes of the detector occur.
    for (int i = 0; i < window.length; i++) {
      boolean speaking = i / (VoiceActivity.SAMPLE_RATE / 2) % 2 == 0;
      double buzz = speaking ? 0.2 * Math.signum(Math.sin(i * 0.05)) : 0;
      window[i] = (float) (buzz + 0.001 * random.nextGaussian());
    }
  }

  /** 20 ms of a telephone leg to 16 kHz, as a stream. */
  @Benchmark
  public float[] resampleTwentyMilliseconds() {
    return resampler.process(chunk);
  }

  /** A window of 3 s. */
  @Benchmark
  public SpeechActivity detectSpeechInWindow() {
    return voiceActivity.detect(window);
  }
}
