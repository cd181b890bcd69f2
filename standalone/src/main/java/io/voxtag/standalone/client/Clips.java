package io.voxtag.standalone.client;

import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.AudioFormatException;
import io.voxtag.audio.FlacWriter;
import io.voxtag.audio.Pcm;
import io.voxtag.audio.Recording;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.AudioFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes what is published of recordings: one channel, lossless, at most a minute each. */
public final class Clips {

  /** Longer recordings are cut into equal parts, seconds. */
  static final int MAX_SECONDS = 60;

  // More is not used: all models work at 16 kHz.
  private static final int MAX_RATE = 16_000;
  private static final int HASH_BYTES = 5;
  private static final int MAX_NAME = 80;

  private Clips() {}

  /**
   * Reads a recording.
   *
   * @param channel the channel to take, from 0; null mixes all of them
   * @return one clip for each minute begun, in order
   * @throws AudioFormatException if it is not usable audio or has no such channel
   * @throws IOException if it cannot be read
   */
  public static List<Clip> of(Path file, @Nullable Integer channel) throws IOException {
    Pcm pcm = oneChannel(file, AudioFiles.read(file), channel);
    if (pcm.sampleRate() > MAX_RATE) {
      pcm = pcm.resampled(MAX_RATE);
    }
    int length = pcm.samples().length;
    int limit = MAX_SECONDS * pcm.sampleRate();
    int parts = Math.max(1, (length + limit - 1) / limit);
    List<Clip> clips = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) length * part / parts);
      int to = (int) ((long) length * (part + 1) / parts);
      clips.add(clip(file, new Pcm(Arrays.copyOfRange(pcm.samples(), from, to), pcm.sampleRate())));
    }
    return clips;
  }

  private static Pcm oneChannel(Path file, Recording recording, @Nullable Integer channel)
      throws AudioFormatException {
    if (channel == null) {
      return recording.mono();
    }
    if (channel < 0 || channel >= recording.channelCount()) {
      throw new AudioFormatException(
          file.toString(),
          "no channel %d, it has %d (from 0)".formatted(channel, recording.channelCount()));
    }
    return recording.channel(channel);
  }

  private static Clip clip(Path file, Pcm pcm) {
    byte[] flac = FlacWriter.encode(new Recording(new float[][] {pcm.samples()}, pcm.sampleRate()));
    AudioClip audio =
        AudioClip.newBuilder().setFormat(AudioFormat.FLAC).setData(ByteBuffer.wrap(flac)).build();
    return new Clip(baseName(file) + "-" + hash(flac), audio);
  }

  private static String baseName(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    String safe = name.replaceAll("\\p{Cntrl}", "_");
    return safe.length() <= MAX_NAME ? safe : safe.substring(0, MAX_NAME);
  }

  // The same audio under the same name is the same utterance: enrolling it again changes nothing.
  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
