package io.voxtag.voiceprint.training.features;

import io.voxtag.voiceprint.training.data.TrainingClip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Frames in a file that is opened for each read: a mapping or an open file for each recording of a
 * large list is more than systems allow.
 */
record FeatureClip(int source, Path file, FeatureFile content, int width) implements TrainingClip {

  @Override
  public int length() {
    return content.frames();
  }

  @Override
  public void read(int from, float[] target) {
    int wanted = target.length / width;
    try (FileChannel channel = FileChannel.open(file)) {
      int at = from % length();
      for (int done = 0; done < wanted; ) {
        int count = Math.min(wanted - done, length() - at);
        copy(channel, at, count, target, done);
        done += count;
        at = 0;
      }
    } catch (FeatureFileException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read any more: " + e, e);
    }
  }

  private void copy(FileChannel channel, int at, int count, float[] target, int to)
      throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(count * width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long position = content.offset() + (long) at * width * Float.BYTES;
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new FeatureFileException(file, "became shorter while it was in use");
      }
    }
    bytes.flip().asFloatBuffer().get(target, to * width, count * width);
    for (int i = to * width; i < (to + count) * width; i++) {
      if (!Float.isFinite(target[i])) {
        throw new FeatureFileException(
            file,
            "has %s in frame %d but features must be finite numbers"
                .formatted(target[i], at + i / width - to));
      }
    }
  }
}
