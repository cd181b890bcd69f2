package io.voxtag.embedder.leg;

import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The records of a partition as a bad network leaves them: legs side by side, chunks of any length,
 * lost, repeated late, out of order, lying about their rate or place; legs that end and legs that
 * just fall silent.
 */
final class Traffic {

  record Rec(long offset, long timestamp, AudioChunk chunk) {}

  private static final int[] RATES = {8_000, 11_025, 16_000, 48_000};

  private static final List<AudioEncoding> ENCODINGS =
      List.of(AudioEncoding.PCM_S16LE, AudioEncoding.MULAW, AudioEncoding.ALAW);

  private final Random random;

  Traffic(long seed) {
    this.random = new Random(seed);
  }

  List<Rec> records() {
    List<List<AudioChunk>> legs = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      legs.add(leg(i));
    }
    List<Rec> records = new ArrayList<>();
    long offset = random.nextInt(100);
    long time = Chunks.START;
    int[] next = new int[count];
    List<Integer> live = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      live.add(i);
    }
    while (!live.isEmpty()) {
      int leg = live.get(random.nextInt(live.size()));
      // Now and then a long silence of all, and clocks that go back a little.
      time += random.nextInt(150) == 0 ? 700 : random.nextInt(12);
      records.add(new Rec(offset, time - random.nextInt(5), legs.get(leg).get(next[leg]++)));
      offset += 1 + (random.nextInt(10) == 0 ? 1 : 0);
      if (next[leg] == legs.get(leg).size()) {
        live.remove((Integer) leg);
      }
    }
    return records;
  }

  private List<AudioChunk> leg(int number) {
    int rate = RATES[random.nextInt(RATES.length)];
    AudioEncoding encoding = ENCODINGS.get(random.nextInt(ENCODINGS.size()));
    LegKey key = new LegKey("call-" + number / 2, number % 2, "stream-" + number);
    int longest = rate / 1000 * (1 + random.nextInt(80));
    float[] samples = Chunks.noise(rate / 10 + random.nextInt(2 * rate), number);
    List<AudioChunk> chunks =
        Chunks.leg(key, samples, rate, encoding, () -> 1 + random.nextInt(longest));
    if (random.nextInt(3) == 0) {
      chunks.remove(chunks.size() - 1);
    }
    int trouble = random.nextInt(4);
    if (trouble == 0) {
      return chunks;
    }
    List<AudioChunk> sent = new ArrayList<>();
    for (AudioChunk chunk : chunks) {
      int dice = random.nextInt(30 * trouble);
      if (dice == 0) {
        continue;
      }
      sent.add(chunk);
      if (dice == 1) {
        sent.add(AudioChunk.newBuilder(chunk).setSampleRate(24_000).build());
      } else if (dice == 2) {
        sent.add(
            AudioChunk.newBuilder(chunk)
                .setStartSample(chunk.getStartSample() + 2L * rate)
                .build());
      } else if (dice == 3) {
        sent.add(AudioChunk.newBuilder(chunk).setStartSample(-1).build());
      } else if (dice == 4 && chunk.getStartSample() > 0) {
        sent.add(AudioChunk.newBuilder(chunk).setStartSample(chunk.getStartSample() - 1).build());
      }
    }
    for (int i = 0; i < sent.size() / (10 * trouble); i++) {
      // A repeat comes after its original, at any distance, and sometimes a burst of them.
      int from = random.nextInt(sent.size());
      int length =
          Math.min(sent.size() - from, 1 + random.nextInt(random.nextInt(8) == 0 ? 20 : 2));
      List<AudioChunk> repeats = new ArrayList<>(sent.subList(from, from + length));
      int to = from + length + random.nextInt(sent.size() - from - length + 1);
      sent.addAll(to, repeats);
    }
    for (int i = 0; i + 3 < sent.size(); i++) {
      if (random.nextInt(10 * trouble) == 0) {
        Collections.swap(sent, i, i + 1 + random.nextInt(3));
      }
    }
    return sent.isEmpty() ? chunks : sent;
  }
}
