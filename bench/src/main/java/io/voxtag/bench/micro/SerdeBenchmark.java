package io.voxtag.bench.micro;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import io.voxtag.schemas.serde.EventSerdes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serde;
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

/** Records as the topics carry them: 100 ms of 16 kHz PCM. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SerdeBenchmark {
  private static final int PAYLOAD_BYTES = 3_200;

  private final Serde<AudioChunk> serde = EventSerdes.singleObject().of(Topics.CALL_AUDIO);
  private final AudioChunk chunk =
      AudioChunk.newBuilder()
          .setCallId("call-1")
          .setChannel(0)
          .setStreamId("stream-1")
          .setSequence(17)
          .setStartSample(17 * 1_600L)
          .setSampleRate(16_000)
          .setEncoding(AudioEncoding.PCM_S16LE)
          .setPayload(ByteBuffer.allocate(PAYLOAD_BYTES))
          .setCapturedAt(Instant.EPOCH)
          .setLast(false)
          .build();
  private byte[] encoded = new byte[0];

  @Setup
  public void encode() {
    encoded = write();
  }

  @Benchmark
  public byte[] write() {
    return serde.serializer().serialize(Topics.CALL_AUDIO.name(), chunk);
  }

  @Benchmark
  public AudioChunk read() {
    return serde.deserializer().deserialize(Topics.CALL_AUDIO.name(), encoded);
  }
}
