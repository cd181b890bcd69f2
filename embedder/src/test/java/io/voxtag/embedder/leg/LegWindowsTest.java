package io.voxtag.embedder.leg;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.audio.G711;
import io.voxtag.audio.Pcm16;
import io.voxtag.audio.Resampler;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegWindowsTest {

  private static final LegKey LEG = new LegKey("call", 1, "run");
  private static final int WINDOW = 48_000;
  private static final int HOP = 16_000;

  private final List<Window> windows = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private final PartitionLegs legs = new PartitionLegs(LegSettings.defaults(), windows::add);
  private long offset;
  private long time = Chunks.START;

  @ParameterizedTest
  @CsvSource({"8000, 20", "8000, 333", "11025, 50", "16000, 20", "44100, 10", "48000, 20"})
  void windowsHoldTheLegAt16KHzOnTheGridWhateverTheChunking(int rate, int chunkMs) {
    float[] samples = Chunks.noise(rate * 5 + rate / 3, rate);
    float[] whole = Resampler.resample(samples, rate, 16_000);
    Random random = new Random(chunkMs);

    send(leg(samples, rate, () -> 1 + random.nextInt(2 * chunkMs * rate / 1000)));

    assertThat(windows).extracting(Window::index).containsExactly(0L, 1L, 2L, 3L);
    assertThat(windows).extracting(Window::last).containsExactly(false, false, false, true);
    assertThat(windows).extracting(Window::startMs).containsExactly(0L, 1_000L, 2_000L, 3_000L);
    for (Window window : windows) {
      int start = (int) window.index() * HOP;
      int end = Math.min(whole.length, start + WINDOW);
      assertThat(window.samples()).isEqualTo(quantised(Arrays.copyOfRange(whole, start, end)));
      assertThat(window.endMs()).isEqualTo(end / 16);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MULAW", "ALAW"})
  void companedAudioIsExpanded(AudioEncoding encoding) {
    float[] samples = Chunks.noise(16_000, 1);
    G711 law = encoding == AudioEncoding.MULAW ? G711.MU_LAW : G711.A_LAW;

    send(Chunks.leg(LEG, samples, 16_000, encoding, () -> 320));

    assertThat(windows).hasSize(1);
    assertThat(windows.get(0).samples()).isEqualTo(law.decode(law.encode(samples)));
  }

  @Test
  void captureTimeOfAWindowIsThatOfItsLastSample() {
    send(leg(Chunks.noise(8_000 * 4, 1), 8_000, () -> 160));

    assertThat(windows)
        .extracting(Window::capturedAt)
        .containsExactly(Chunks.START + 3_000, Chunks.START + 4_000, Chunks.START + 4_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void repeatsAndSmallReorderingChangeNothing(int seed) {
    float[] samples = Chunks.noise(8_000 * 6, seed);
    List<AudioChunk> chunks = leg(samples, 8_000, () -> 160);
    send(chunks);
    List<Made> undisturbed = windows.stream().map(Made::of).toList();
    PartitionLegs others = new PartitionLegs(LegSettings.defaults(), windows::add);
    windows.clear();

    Random random = new Random(seed);
    List<AudioChunk> disturbed = new ArrayList<>(chunks);
    for (int i = 0; i + 4 < disturbed.size(); i += 4) {
      Collections.shuffle(disturbed.subList(i, i + 4), random);
    }
    for (int i = 0; i < 40; i++) {
      int from = random.nextInt(disturbed.size() - 1);
      disturbed.add(from + 1 + random.nextInt(disturbed.size() - from - 1), disturbed.get(from));
    }
    disturbed.forEach(chunk -> others.accept(offset++, time, chunk, this::refused));

    assertThat(windows.stream().map(Made::of)).containsExactlyElementsOf(undisturbed);
    assertThat(refusals).isEmpty();
  }

  @Test
  void lostChunksAreSilenceAndTheClockGoesOn() {
    float[] samples = Chunks.noise(16_000 * 4, 1);
    List<AudioChunk> chunks = leg(samples, 16_000, () -> 320);
    chunks.subList(40, 60).clear();
    Arrays.fill(samples, 40 * 320, 60 * 320, 0f);

    send(chunks);

    assertThat(windows).extracting(Window::index).containsExactly(0L, 1L, 2L);
    assertThat(windows.get(0).samples()).isEqualTo(Arrays.copyOfRange(samples, 0, WINDOW));
  }

  @Test
  void aLegThatIsMetInItsMiddleBeginsWithTheFirstWindowThatIsWhole() {
    List<AudioChunk> chunks = leg(Chunks.noise(8_000 * 9, 1), 8_000, () -> 160);

    send(chunks.subList(75, chunks.size()));

    assertThat(windows).extracting(Window::index).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void aSilentLegIsClosedByTheTimeOfItsPartitionAndHoldsNothingBack() {
    send(leg(Chunks.noise(8_000 * 4, 1), 8_000, () -> 160).subList(0, 190));
    assertThat(windows).extracting(Window::last).containsExactly(false);
    assertThat(legs.checkpoint(4_000).orElseThrow().offset()).isZero();
    windows.get(0).acknowledge();

    time += 29_000;
    send(chunkOf(new LegKey("other", 0, "run")));
    assertThat(windows).hasSize(1);

    time += 2_000;
    send(chunkOf(new LegKey("other", 0, "run")));
    assertThat(windows).extracting(Window::last).containsExactly(false, true);
    assertThat(windows.get(1).endMs()).isEqualTo(3_800);
    windows.get(1).acknowledge();
    assertThat(legs.openLegs()).isEqualTo(1);
    assertThat(legs.checkpoint(4_000).orElseThrow().offset()).isEqualTo(190);
  }

  @Test
  void theCheckpointIsTheOldestChunkThatAnUnfinishedWindowNeeds() {
    List<AudioChunk> chunks = leg(Chunks.noise(8_000 * 6, 1), 8_000, () -> 160);
    send(chunks.subList(0, 260));
    assertThat(windows).hasSize(3);
    assertThat(legs.checkpoint(4_000).orElseThrow().offset()).isZero();

    windows.get(1).acknowledge();
    assertThat(legs.checkpoint(4_000).orElseThrow().offset()).isZero();

    windows.get(0).acknowledge();
    // Window 2 begins with chunk 100; the resampler needs the one before it as well.
    assertThat(legs.checkpoint(4_000).orElseThrow().offset()).isEqualTo(99);
  }

  @Test
  void aFinishedCallHoldsNothingBack() {
    send(leg(Chunks.noise(8_000 * 4, 1), 8_000, () -> 160));

    windows.forEach(Window::acknowledge);

    assertThat(legs.openLegs()).isZero();
    assertThat(legs.checkpoint(4_000).orElseThrow().offset()).isEqualTo(offset);
  }

  @Test
  void repeatsAfterTheEndDoNotOpenTheLegAgain() {
    List<AudioChunk> chunks = leg(Chunks.noise(8_000 * 4, 1), 8_000, () -> 160);
    send(chunks);
    int made = windows.size();

    time += 40_000;
    send(chunks.subList(0, 180));

    assertThat(windows).hasSize(made);
    assertThat(legs.openLegs()).isZero();
  }

  @Test
  void aNewRunWithAnOldCallIdStartsFresh() {
    send(leg(Chunks.noise(8_000 * 4, 1), 8_000, () -> 160));
    windows.clear();

    LegKey again = new LegKey(LEG.callId(), LEG.channel(), "run-2");
    send(Chunks.leg(again, Chunks.noise(8_000 * 4, 2), 8_000, AudioEncoding.PCM_S16LE, () -> 160));

    assertThat(windows).extracting(Window::index).containsExactly(0L, 1L, 2L);
    assertThat(windows).extracting(Window::leg).containsOnly(again);
  }

  @Test
  void chunksThatLieAreRefusedAndTheLegGoesOn() {
    List<AudioChunk> chunks = leg(Chunks.noise(8_000 * 4, 1), 8_000, () -> 160);
    send(chunks);
    List<Made> undisturbed = windows.stream().map(Made::of).toList();
    windows.clear();
    PartitionLegs others = new PartitionLegs(LegSettings.defaults(), windows::add);

    AudioChunk honest = chunks.get(20);
    List<AudioChunk> disturbed = new ArrayList<>(chunks);
    disturbed.addAll(
        20,
        List.of(
            AudioChunk.newBuilder(honest).setSampleRate(16_000).build(),
            AudioChunk.newBuilder(honest).setSampleRate(0).build(),
            AudioChunk.newBuilder(honest).setStartSample(8_000_000).build(),
            AudioChunk.newBuilder(honest).setStartSample(Long.MAX_VALUE).build(),
            AudioChunk.newBuilder(honest).setStartSample(-160).build(),
            AudioChunk.newBuilder(honest).setPayload(ByteBuffer.allocate(0)).build(),
            AudioChunk.newBuilder(honest).setPayload(ByteBuffer.allocate(161)).build(),
            AudioChunk.newBuilder(honest).setPayload(ByteBuffer.allocate(200_000)).build(),
            AudioChunk.newBuilder(honest).setEncoding(AudioEncoding.OPUS).build()));
    disturbed.forEach(chunk -> others.accept(offset++, time, chunk, this::refused));

    assertThat(windows.stream().map(Made::of)).containsExactlyElementsOf(undisturbed);
    assertThat(refusals).hasSize(9);
    assertThat(refusals.get(0)).isEqualTo("16000 Hz in a leg of 8000 Hz");
  }

  @Test
  void aLegCostsKilobytes() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    long before = runtime.totalMemory() - runtime.freeMemory();
    int count = 200;
    for (int i = 0; i < count; i++) {
      LegKey key = new LegKey("call-" + i, 0, "run");
      List<AudioChunk> chunks =
          Chunks.leg(key, Chunks.noise(8_000 * 5, i), 8_000, AudioEncoding.MULAW, () -> 160);
      send(chunks.subList(0, chunks.size() - 1));
      windows.forEach(Window::acknowledge);
      windows.clear();
      legs.checkpoint(100_000);
    }
    System.gc();
    long each = (runtime.totalMemory() - runtime.freeMemory() - before) / count;

    assertThat(legs.openLegs()).isEqualTo(count);
    assertThat(each).isLessThan(250_000);
  }

  private static List<AudioChunk> leg(
      float[] samples, int rate, java.util.function.IntSupplier lengths) {
    return Chunks.leg(LEG, samples, rate, AudioEncoding.PCM_S16LE, lengths);
  }

  private static List<AudioChunk> chunkOf(LegKey key) {
    return List.of(Chunks.chunk(key, 0, 0, 160, 8_000, AudioEncoding.MULAW, new byte[160], false));
  }

  private void send(List<AudioChunk> chunks) {
    chunks.forEach(chunk -> legs.accept(offset++, time, chunk, this::refused));
  }

  private void refused(ChunkRejectedException reason, Hold hold) {
    refusals.add(reason.getMessage());
    hold.release();
  }

  private static float[] quantised(float[] samples) {
    float[] quantised = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      quantised[i] = Pcm16.quantise(samples[i]) / 32768f;
    }
    return quantised;
  }
}
