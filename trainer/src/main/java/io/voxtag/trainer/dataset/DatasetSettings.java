package io.voxtag.trainer.dataset;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Which labelled recordings are kept, and where; the configuration keys begin with {@code
 * voxtag.trainer.dataset}.
 */
@ConfigMapping(prefix = "voxtag.trainer.dataset")
public interface DatasetSettings {

  /**
   * {@code folder}: where the recordings lie, used by one process at a time. Without it, or when it
   * is empty, all of {@code labelled-utterances} is read anew. {@code data/dataset} by default.
   */
  @WithDefault("data/dataset")
  Path folder();

  /**
   * {@code max-bytes}: most bytes of recordings, at least {@code max-clip-bytes}. Beyond it the
   * oldest recording of the speaker with the most bytes goes. 50 GiB by default.
   */
  @WithDefault("53687091200")
  long maxBytes();

  /** {@code max-clip-bytes}: larger recordings are refused, bytes. 8 MiB by default. */
  @WithDefault("8388608")
  long maxClipBytes();

  /** {@code min-length}: shorter recordings are refused. 1 s by default. */
  @WithDefault("PT1S")
  Duration minLength();

  /** {@code min-net-speech}: recordings with less speech are refused. 0.5 s by default. */
  @WithDefault("PT0.5S")
  Duration minNetSpeech();

  /**
   * {@code group-id}: consumer group that says how far the topics were read. It is there to be
   * watched: where reading goes on is kept in the folder. {@code voxtag-trainer} by default.
   */
  @WithDefault("voxtag-trainer")
  String groupId();

  /** {@code retry-interval}: pause before a disk or a broker is tried again. 1 s by default. */
  @WithDefault("PT1S")
  Duration retryInterval();
}
