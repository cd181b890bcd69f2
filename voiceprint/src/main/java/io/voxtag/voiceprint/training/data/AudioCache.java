package io.voxtag.voiceprint.training.data;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decoded training audio at 16 kHz as 16-bit samples, memory-mapped, at each of some speeds. A file
 * that cannot be read is named in the log, counted and left out. Thread-safe.
 */
public final class AudioCache {
  /** Samples a second of everything here. */
  public static final int SAMPLE_RATE = 16000;

  private static final Logger LOG = LoggerFactory.getLogger(AudioCache.class);

  private final List<Clip> clips;
  private final List<Integer> unusable;

  private AudioCache(List<Clip> clips, List<Integer> unusable) {
    this.clips = List.copyOf(clips);
    this.unusable = List.copyOf(unusable);
  }

  /**
   * How files are decoded.
   *
   * @param speechOnly true to cut out what is not speech
   * @param threads that decode; the result does not depend on it
   */
  public record Decoding(boolean speechOnly, int threads) {
    /** Everything, on one thread. */
    public static final Decoding PLAIN = new Decoding(false, 1);
  }

  /** One utterance at one speed. */
  public static final class Clip implements TrainingClip {
    private final int source;
    private final MappedByteBuffer samples;

    private Clip(int source, MappedByteBuffer samples) {
      this.source = source;
      this.samples = samples;
    }

    /** Index of the file among those that the cache was made from. */
    @Override
    public int source() {
      return source;
    }

    /** Number of samples. */
    @Override
    public int length() {
      return samples.capacity() / Short.BYTES;
    }

    @Override
    public int width() {
      return 1;
    }

    /** Copies samples in [-1, 1]; beyond the end the clip begins anew. */
    @Override
    public void read(int from, float[] target) {
      int length = length();
      int at = from % length;
      for (int i = 0; i < target.length; i++) {
        target[i] = AudioDecoder.value(samples.getShort(at * Short.BYTES));
        at = at + 1 == length ? 0 : at + 1;
      }
    }
  }

  /**
   * Opens the cache of some files, decoding them if that has not been done yet.
   *
   * @param directory where caches lie; one for each list and speed
   * @param speed factor of tempo and pitch, 1 for none
   * @param minSeconds shorter files are left out
   */
  public static AudioCache open(Path directory, List<Path> files, double speed, double minSeconds)
      throws IOException {
    return open(directory, files, speed, minSeconds, Decoding.PLAIN);
  }

  /** As {@link #open(Path, List, double, double)}, decoding in a way of the caller. */
  public static AudioCache open(
      Path directory, List<Path> files, double speed, double minSeconds, Decoding decoding)
      throws IOException {
    Files.createDirectories(directory);
    String name = name(files, speed) + (decoding.speechOnly() ? "-speech" : "");
    Path samples = directory.resolve(name + ".pcm");
    Path index = directory.resolve(name + ".index");
    if (!Files.exists(index)) {
      decode(files, speed, decoding, samples, index);
    }
    List<String> lines = Files.readAllLines(index);
    List<Clip> clips = new ArrayList<>();
    List<Integer> unusable = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(samples, StandardOpenOption.READ)) {
      long offset = 0;
      for (int i = 0; i < lines.size(); i++) {
        int length = Integer.parseInt(lines.get(i));
        long bytes = (long) length * Short.BYTES;
        if (length == 0) {
          unusable.add(i);
        } else if (length >= minSeconds * SAMPLE_RATE) {
          MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, offset, bytes);
          map.order(ByteOrder.LITTLE_ENDIAN);
          clips.add(new Clip(i, map));
        }
        offset += bytes;
      }
    }
    return new AudioCache(clips, unusable);
  }

  private static void decode(
      List<Path> files, double speed, Decoding decoding, Path samples, Path index)
      throws IOException {
    AudioDecoder decoder = new AudioDecoder(decoding.speechOnly(), speed);
    Path partial = samples.resolveSibling(samples.getFileName() + ".partial");
    List<String> lengths = new ArrayList<>();
    try (DataOutputStream out =
            new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(partial), 1 << 20));
        OrderedWork<short[]> decoded =
            new OrderedWork<>(
                files.stream()
                    .<Callable<short[]>>map(file -> () -> decode(file, decoder))
                    .iterator(),
                decoding.threads())) {
      while (decoded.hasNext()) {
        short[] audio = decoded.next();
        lengths.add(Integer.toString(audio.length));
        for (short sample : audio) {
          out.writeShort(Short.reverseBytes(sample));
        }
      }
    }
    Files.move(partial, samples, StandardCopyOption.REPLACE_EXISTING);
    Files.write(index, lengths);
  }

  private static short[] decode(Path file, AudioDecoder decoder) throws IOException {
    try {
      return decoder.decode(file);
    } catch (UnusableAudioException e) {
      LOG.warn("audio left out file={} reason={}", file, e.getMessage());
      return new short[0];
    }
  }

  private static String name(List<Path> files, double speed) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        digest.update((file.toAbsolutePath() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      String hash = HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), 8));
      return hash + "-" + Math.round(speed * AudioDecoder.SPEED_STEPS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The utterances that could be read. */
  public List<Clip> clips() {
    return clips;
  }

  /** Indices of the files that could not be read or have no speech. */
  public List<Integer> unusable() {
    return unusable;
  }
}
