package io.voxtag.voiceprint.training.augment;

import io.voxtag.voiceprint.training.data.AudioCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders of recordings that a configuration names. */
final class Folders {
  private static final Logger LOG = LoggerFactory.getLogger(Folders.class);

  private Folders() {}

  /** The recordings below a folder; none, with a warning, where there is no such folder. */
  static List<AudioCache.Clip> clips(String key, @Nullable String folder, Path root, Path cache)
      throws IOException {
    if (folder == null || folder.isBlank()) {
      return List.of();
    }
    Path directory = root.resolve(folder);
    if (!Files.isDirectory(directory)) {
      LOG.warn("folder is missing and not used key={} folder={}", key, directory);
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    List<AudioCache.Clip> clips = AudioCache.open(cache, files, 1, 0).clips();
    if (clips.isEmpty()) {
      LOG.warn("folder has no audio and is not used key={} folder={}", key, directory);
    }
    return clips;
  }
}
