package io.voxtag.embedder.leg;

import io.voxtag.audio.G711;
import io.voxtag.audio.Pcm16;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

/** Chunks of made-up legs. */
final class Chunks {

  static final long START = 1_700_000_000_000L;

  private Chunks() {}

  static float[] noise(int samples, long seed) {
    Random random = new Random(seed);
    float[] noise = new float[samples];
    for (int i = 0; i < samples; i++) {
      noise[i] = Pcm16.quantise((float) (random.nextGaussian() * 0.1)) / 32768f;
    }
    return noise;
  }

  /** A leg in chunks whose lengths the supplier gives; the last one says so. */
  static List<AudioChunk> leg(
      LegKey key, float[] samples, int rate, AudioEncoding encoding, IntSupplier lengths) {
    List<AudioChunk> chunks = new ArrayList<>();
    for (int at = 0; at < samples.length; ) {
      int end = Math.min(samples.length, at + lengths.getAsInt());
      float[] piece = Arrays.copyOfRange(samples, at, end);
      byte[] payload =
          switch (encoding) {
            case MULAW -> G711.MU_LAW.encode(piece);
            case ALAW -> G711.A_LAW.encode(piece);
            case PCM_S16LE -> Pcm16.encode(piece);
            case OPUS -> throw new IllegalArgumentException("not here");
          };
      chunks.add(
          chunk(key, chunks.size(), at, end, rate, encoding, payload, end == samples.length));
      at = end;
    }
    return chunks;
  }

  static AudioChunk chunk(
      LegKey key,
      long sequence,
      long start,
      long end,
      int rate,
      AudioEncoding encoding,
      byte[] payload,
      boolean last) {
    return AudioChunk.newBuilder()
        .setCallId(key.callId())
        .setChannel(key.channel())
        .setStreamId(key.streamId())
        .setSequence(sequence)
        .setStartSample(start)
        .setSampleRate(rate)
        .setEncoding(encoding)
        .setPayload(ByteBuffer.wrap(payload))
        .setCapturedAt(Instant.ofEpochMilli(START + end * 1000 / rate))
        .setLast(last)
        .build();
  }
}
