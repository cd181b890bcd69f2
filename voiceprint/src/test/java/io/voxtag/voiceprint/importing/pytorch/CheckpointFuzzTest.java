package io.voxtag.voiceprint.importing.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.voiceprint.bundle.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file, it is read or refused, at once and with the one exception. */
class CheckpointFuzzTest {
  private static final int ROUNDS = 1_500;

  @TempDir private Path folder;

  @Test
  void aSpoiltZipIsReadOrRefused() throws IOException {
    assertReadOrRefused(Checkpoints.zip(folder.resolve("seed.pt"), tensors()));
  }

  @Test
  void aSpoiltOldCheckpointIsReadOrRefused() throws IOException {
    assertReadOrRefused(Checkpoints.legacy(folder.resolve("seed.pt"), tensors()));
  }

  /** Without the zip, whose checksum would find most of it. */
  @Test
  void aSpoiltPickleIsReadOrRefused() throws IOException {
    byte[] pickle = PyTorchCheckpointTest.oneTensor(6, 1, new long[] {2, 2}, new long[] {2, 1});
    Random random = new Random(3);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path file = folder.resolve("spoilt.pt");
      Checkpoints.zip(file, spoilt(pickle, random), new byte[24]);
      refused += refuses(file) ? 1 : 0;
    }
    assertThat(refused).isBetween(ROUNDS / 4, ROUNDS);
  }

  private void assertReadOrRefused(Path seed) throws IOException {
    byte[] whole = Files.readAllBytes(seed);
    Random random = new Random(17);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path file = Files.write(folder.resolve("spoilt.pt"), spoilt(whole, random));
      refused += refuses(file) ? 1 : 0;
    }
    assertThat(refused).isBetween(ROUNDS / 4, ROUNDS);
  }

  private static boolean refuses(Path file) {
    return Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          try {
            PyTorchCheckpoint.read(file);
            return false;
          } catch (CheckpointException e) {
            assertThat(e).hasMessageStartingWith(file.toString());
            return true;
          }
        });
  }

  private static byte[] spoilt(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static List<TensorData> tensors() {
    List<TensorData> tensors = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tensors.add(TensorData.of("layer." + i, new float[] {i, 2, 3, 4}, 2, 2));
    }
    return tensors;
  }
}
