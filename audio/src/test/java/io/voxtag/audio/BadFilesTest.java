package io.voxtag.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of a file: audio or one exception, soon, and in little memory. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BadFilesTest {

  private static final int FLIPS = 400;
  private static final long MOST_BYTES = 64L << 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pcm_alaw.wav",
        "pcm_f64le.wav",
        "rf64.wav",
        "bits8.flac",
        "mono.mp3",
        "stereo.opus"
      })
  void aFileCutAnywhereGivesNoMoreThanTheWhole(String name) throws AudioFormatException {
    byte[] whole = Reference.bytes(name);
    int frames = AudioFiles.read(whole, name).frames();

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Recording kept = readOrRefuse(cut, Damage.KEEP_READABLE);
      boolean isOpus = name.endsWith("opus");
      if (kept != null && !isOpus) {
        assertThat(kept.frames()).as("cut at %d", length).isLessThanOrEqualTo(frames);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bits16.flac", "stereo.mp3", "stereo.opus", "pcm_s16le.wav"})
  void aTruncatedFileIsNeverTakenForAWholeOne(String name) {
    byte[] whole = Reference.bytes(name);

    for (int length = 0; length < whole.length; length += 37) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(readOrRefuse(cut, Damage.REFUSE)).as("cut at %d", length).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pcm_u8.wav",
        "stereo.wav",
        "streamed-ffmpeg.wav",
        "bits24.flac",
        "bits32.flac",
        "sox.flac",
        "mono.mp3",
        "stereo.mp3",
        "notag.mp3",
        "stereo.opus",
        "frames60.opus"
      })
  void randomChangesGiveAudioOrOneKindOfException(String name) {
    byte[] whole = Reference.bytes(name);
    Random random = new Random(name.hashCode());
    for (int i = 0; i < FLIPS; i++) {
      byte[] changed = whole.clone();
      // Every other file is changed near its start, where the headers are.
      int range = i % 2 == 0 ? Math.min(80, whole.length) : whole.length;
      for (int n = 1 + random.nextInt(8); n > 0; n--) {
        changed[random.nextInt(range)] = (byte) random.nextInt(256);
      }
      readOrRefuse(changed, Damage.KEEP_READABLE);
    }
  }

  private @Nullable Recording readOrRefuse(byte[] file, Damage damage) {
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      return AudioFiles.read(file, "changed", AudioLimits.DEFAULT, damage);
    } catch (AudioFormatException e) {
      assertThat(e).hasMessageStartingWith("changed: ");
      return null;
    } finally {
      long used = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(used).isLessThan(MOST_BYTES);
    }
  }
}
