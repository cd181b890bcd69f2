package io.voxtag.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioFilesTest {

  @ParameterizedTest
  @CsvSource({
    "pcm_u8.wav, 16000, 1, 0",
    "pcm_s16le.wav, 16000, 1, 0",
    "pcm_s24le.wav, 16000, 1, 0",
    "pcm_s32le.wav, 16000, 1, 0",
    "pcm_f32le.wav, 16000, 1, 0",
    "pcm_f64le.wav, 16000, 1, 0",
    "pcm_mulaw.wav, 16000, 1, 0",
    "pcm_alaw.wav, 16000, 1, 0",
    "stereo.wav, 44100, 2, 0",
    "rf64.wav, 16000, 1, 0",
    "streamed-ffmpeg.wav, 16000, 1, 0",
    "streamed-sox.wav, 16000, 1, 0",
    "bits8.flac, 44100, 2, 0",
    "bits16.flac, 44100, 2, 0",
    "bits24.flac, 44100, 2, 0",
    "bits32.flac, 16000, 1, 0",
    "sox.flac, 16000, 1, 0",
    "mono.mp3, 16000, 1, 4e-5",
    "stereo.mp3, 44100, 2, 4e-5",
    "notag.mp3, 24000, 2, 4e-5",
    "stereo.opus, 48000, 2, 1e-3",
    "frames60.opus, 48000, 2, 1e-3",
  })
  void readsWhatOtherProgramsRead(String name, int rate, int channels, float tolerance)
      throws AudioFormatException {
    float[][] expected = Reference.channels(name + ".f32", channels);

    Recording recording = AudioFiles.read(Reference.bytes(name), name);

    assertThat(recording.sampleRate()).isEqualTo(rate);
    assertThat(recording.channelCount()).isEqualTo(channels);
    assertThat(recording.frames()).isEqualTo(expected[0].length);
    for (int c = 0; c < channels; c++) {
      float[] samples = recording.channel(c).samples();
      assertThat(Reference.largestDifference(samples, expected[c])).isLessThanOrEqualTo(tolerance);
    }
  }

  @Test
  void knowsAFormatByItsContentAndNotByItsName(@TempDir Path folder) throws IOException {
    Path misnamed = Files.write(folder.resolve("song.wav"), Reference.bytes("sox.flac"));

    assertThat(AudioFiles.read(misnamed).frames()).isEqualTo(6400);
  }

  @Test
  void joinsChainedOpusStreams() throws AudioFormatException {
    byte[] first = Reference.bytes("stereo.opus");
    byte[] second = Reference.bytes("frames60.opus");
    byte[] chained = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, chained, first.length, second.length);

    Recording recording = AudioFiles.read(chained, "chained");

    int frames = Reference.floats("stereo.opus.f32").length / 2;
    assertThat(recording.frames()).isEqualTo(2 * frames);
    float[] end = Arrays.copyOfRange(recording.channels()[0], frames, 2 * frames);
    float[] expected = Reference.channels("frames60.opus.f32", 2)[0];
    assertThat(Reference.largestDifference(end, expected)).isLessThan(1e-3f);
  }

  @Test
  void refusesTwoOpusStreamsAtOnce() {
    byte[] first = Reference.bytes("stereo.opus");
    byte[] second = Reference.bytes("frames60.opus");
    int firstPage = 47;
    byte[] multiplexed = Arrays.copyOf(second, firstPage + first.length);
    System.arraycopy(first, 0, multiplexed, firstPage, first.length);

    assertThatThrownBy(() -> AudioFiles.read(multiplexed, "call.opus"))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageContaining("call.opus")
        .hasMessageContaining("two Opus streams at once");
  }

  @Test
  void refusesEmptyAndForeignInputByName() {
    assertRefused(new byte[0], "empty file");
    assertRefused("hello, world".getBytes(StandardCharsets.UTF_8), "not audio of a known format");
    assertRefused(wav(1, 1, 16_000, 16, new byte[0]), "no audio in it");
    assertThatThrownBy(() -> AudioFiles.read(Path.of("no-such-file.wav")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-file.wav");
  }

  @Test
  void refusesValuesThatCannotBeAudio() {
    assertRefused(wav(1, 1, 3_999, 16, new byte[4]), "sample rate 3999 Hz");
    assertRefused(wav(1, 1, 192_001, 16, new byte[4]), "sample rate 192001 Hz");
    assertRefused(wav(1, 0, 16_000, 16, new byte[4]), "no channels");
    assertRefused(wav(1, 17, 16_000, 16, new byte[34]), "17 channels, the limit is 16");
    assertRefused(wav(1, 1, 16_000, 40, new byte[10]), "40 bits");
    assertRefused(wav(2, 1, 16_000, 16, new byte[4]), "WAV format tag 0x0002");
    byte[] notANumber = {0, 0, (byte) 0xc0, 0x7f};
    assertRefused(wav(3, 1, 16_000, 32, notANumber), "sample 0 is NaN");
  }

  @Test
  void refusesMoreThanItsLimits() {
    byte[] minute = FlacWriter.encode(new Recording(new float[1][16_000 * 60], 16_000));
    assertThat(minute.length).isLessThan(10_000);

    AudioLimits tenSeconds = AudioLimits.DEFAULT.withMaxDuration(Duration.ofSeconds(10));
    assertThatThrownBy(() -> AudioFiles.read(minute, "bomb", tenSeconds, Damage.KEEP_READABLE))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageContaining("longer than the limit of PT10S");
    AudioLimits small = AudioLimits.DEFAULT.withMaxBytes(100);
    assertThatThrownBy(() -> AudioFiles.read(minute, "big", small, Damage.REFUSE))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageContaining("larger than the limit of 100 bytes");
  }

  @Test
  void aTruncatedFileIsRefusedUnlessItsReadablePartIsAskedFor() throws AudioFormatException {
    for (String name : new String[] {"pcm_s16le.wav", "stereo.mp3"}) {
      byte[] whole = Reference.bytes(name);
      byte[] cut = Arrays.copyOf(whole, whole.length - 100);

      assertRefused(cut, "truncated");
      Recording kept = AudioFiles.read(cut, name, AudioLimits.DEFAULT, Damage.KEEP_READABLE);
      float[] all = AudioFiles.read(whole, name).channels()[0];
      assertThat(kept.frames()).isBetween(1, all.length);
      assertThat(kept.channels()[0]).isEqualTo(Arrays.copyOf(all, kept.frames()));
    }
  }

  private static void assertRefused(byte[] file, String reason) {
    assertThatThrownBy(() -> AudioFiles.read(file, "the input"))
        .isInstanceOf(AudioFormatException.class)
        .hasMessageStartingWith("the input: ")
        .hasMessageContaining(reason);
  }

  static byte[] wav(int tag, int channels, int rate, int bits, byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + data.length);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    out.putShort((short) tag).putShort((short) channels).putInt(rate);
    out.putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8));
    out.putShort((short) bits);
    out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data.length).put(data);
    return out.array();
  }
}
