package io.voxtag.embedder.leg;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.audio.opus.PacketEncoder;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpusLegTest {

  private static final LegKey LEG = new LegKey("call", 0, "run");
  private static final int RATE = 16_000;

  private final List<Window> windows = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  @Test
  void decodesToTheLengthAndTheSoundOfTheLeg() {
    List<AudioChunk> chunks = tone(5);

    send(new PartitionLegs(LegSettings.defaults(), windows::add), chunks, 0);

    assertThat(windows).extracting(Window::index).containsExactly(0L, 1L, 2L, 3L);
    for (Window window : windows) {
      double energy =
          IntStream.range(0, window.samples().length)
              .mapToDouble(i -> window.samples()[i] * window.samples()[i])
              .average()
              .orElseThrow();
      assertThat(Math.sqrt(energy)).isBetween(0.12, 0.16);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {160, 175, 199, 212, 249, 281})
  void aSuccessorDecodesTheSameSamples(int crash) throws CheckpointFormatException {
    List<AudioChunk> chunks = tone(7);
    send(new PartitionLegs(LegSettings.defaults(), windows::add), chunks, 0);
    List<Made> undisturbed = windows.stream().map(Made::of).toList();
    windows.clear();

    PartitionLegs first = new PartitionLegs(LegSettings.defaults(), windows::add);
    send(first, chunks.subList(0, crash), 0);
    windows.forEach(Window::acknowledge);
    int done = windows.size();
    Checkpoint checkpoint = first.checkpoint(4_000).orElseThrow();
    assertThat(checkpoint.offset()).isGreaterThanOrEqualTo(done == 1 ? 0 : 1);
    windows.clear();
    PartitionLegs second =
        PartitionLegs.restore(LegSettings.defaults(), windows::add, checkpoint.metadata());
    int from = (int) checkpoint.offset();
    send(second, chunks.subList(from, chunks.size()), from);

    List<Made> made = windows.stream().map(Made::of).toList();
    assertThat(undisturbed).containsAll(made);
    assertThat(made).containsAll(undisturbed.subList(done, undisturbed.size()));
  }

  @Test
  void damagedPacketsAreRefusedAndSilent() {
    List<AudioChunk> chunks = new ArrayList<>(tone(4));
    for (int i = 60; i < 65; i++) {
      // A code 3 packet whose frames cannot add up.
      chunks.set(
          i,
          AudioChunk.newBuilder(chunks.get(i))
              .setPayload(ByteBuffer.wrap(new byte[] {(byte) 0x4b, 0x02, 0x01}))
              .build());
    }
    chunks.set(
        70,
        AudioChunk.newBuilder(chunks.get(70))
            .setPayload(ByteBuffer.wrap(new byte[] {3, 0}))
            .build());

    send(new PartitionLegs(LegSettings.defaults(), windows::add), chunks, 0);

    assertThat(windows).extracting(Window::index).containsExactly(0L, 1L, 2L);
    assertThat(refusals)
        .hasSize(6)
        .allSatisfy(reason -> assertThat(reason).contains("Opus packet"));
  }

  private void send(PartitionLegs legs, List<AudioChunk> chunks, long offset) {
    for (int i = 0; i < chunks.size(); i++) {
      legs.accept(
          offset + i,
          Chunks.START,
          chunks.get(i),
          (reason, hold) -> refusals.add(reason.getMessage()));
    }
  }

  private static List<AudioChunk> tone(int seconds) {
    PacketEncoder encoder = new PacketEncoder(RATE, 24_000);
    short[] samples = new short[seconds * RATE];
    for (int i = 0; i < samples.length; i++) {
      double sweep = 300 + 200 * Math.sin(i / 9_000.0);
      samples[i] = (short) (0.2 * 32767 * Math.sin(2 * Math.PI * sweep * i / RATE));
    }
    List<AudioChunk> chunks = new ArrayList<>();
    int frame = encoder.frame();
    for (int at = 0; at + frame <= samples.length; at += frame) {
      chunks.add(
          Chunks.chunk(
              LEG,
              chunks.size(),
              at,
              at + frame,
              RATE,
              AudioEncoding.OPUS,
              encoder.encode(samples, at),
              at + 2 * frame > samples.length));
    }
    return chunks;
  }
}
