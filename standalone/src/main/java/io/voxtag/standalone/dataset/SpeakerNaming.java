package io.voxtag.standalone.dataset;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a recording says who speaks.
 *
 * @param separator the speaker is what the file's name has before it; null where the speaker is the
 *     first folder on the way to the file
 */
public record SpeakerNaming(@Nullable String separator) {

  /** The first folder on the way to a file names its speaker. */
  public static final SpeakerNaming BY_FOLDER = new SpeakerNaming(null);

  /** The speaker, or null where the path names none. */
  @Nullable String speaker(Path relative) {
    if (separator == null) {
      return relative.getNameCount() < 2 ? null : relative.getName(0).toString();
    }
    int end = relative.getFileName().toString().indexOf(separator);
    return end <= 0 ? null : relative.getFileName().toString().substring(0, end);
  }

  /** What a path that names no speaker lacks. */
  String missing() {
    return separator == null
        ? "lies in no speaker's folder"
        : "has no '%s' after a speaker in its name".formatted(separator);
  }
}
