package io.voxtag.embedder.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How the embedder works; the configuration keys begin with {@code voxtag.embedder}. */
@ConfigMapping(prefix = "voxtag.embedder")
public interface EmbedderSettings {

  /** {@code enabled}: whether this process runs an embedder. True by default. */
  @WithDefault("true")
  boolean enabled();

  /**
   * {@code model}: the model bundle, a directory or a zip file. By default what {@code
   * voxtag.model} says, otherwise {@code models/starter}.
   */
  @WithDefault("${voxtag.model:models/starter}")
  Path model();

  /**
   * {@code device}: where the model runs: {@code auto} (a GPU where there is one), {@code cpu},
   * {@code gpu}, or the number of a GPU. {@code auto} by default.
   */
  @WithDefault("auto")
  String device();

  /** {@code group-id}: consumer group of {@code call-audio}. {@code voxtag-embedder} by default. */
  @WithDefault("voxtag-embedder")
  String groupId();

  /** {@code pollers}: consumers of {@code call-audio} in this process. 1 by default. */
  @WithDefault("1")
  int pollers();

  /**
   * {@code commit-interval}: time between commits; what was read since the last one is read again
   * after a crash. 1 s by default.
   */
  @WithDefault("PT1S")
  Duration commitInterval();

  /**
   * {@code commit-metadata-chars}: longest metadata of a commit, at most the broker's {@code
   * offset.metadata.max.bytes}. Commits that would need more are put off. 4000 by default.
   */
  @WithDefault("4000")
  int commitMetadataChars();

  /**
   * {@code stop-timeout}: how long to wait for windows under way when partitions or the whole
   * service are taken away; what is not done by then is left to the next owner. 5 s by default.
   */
  @WithDefault("PT5S")
  Duration stopTimeout();

  /** Keys under {@code window}. */
  Window window();

  /** Keys under {@code leg}. */
  Leg leg();

  /** Keys under {@code batch}. */
  Batch batch();

  /** Keys under {@code flow}. */
  Flow flow();

  /** Keys under {@code enrollment}. */
  Enrollment enrollment();

  /** Keys under {@code models}. */
  Models models();

  /** {@code shadow.*}: copies of live windows for versions that are READY. */
  Shadow shadow();

  /** What a window is. */
  interface Window {

    /** {@code length}: of a window. 3 s by default. */
    @WithDefault("PT3S")
    Duration length();

    /** {@code hop}: from the start of a window to the next, at most the length. 1 s by default. */
    @WithDefault("PT1S")
    Duration hop();

    /**
     * {@code min-length}: the last window of a leg gets no vector if it is shorter. 1 s by default.
     */
    @WithDefault("PT1S")
    Duration minLength();

    /**
     * {@code min-net-speech}: a window with less speech gets no vector. 700 ms by default: below,
     * vectors say more about the words than about the voice.
     */
    @WithDefault("PT0.7S")
    Duration minNetSpeech();
  }

  /** How chunks become legs. */
  interface Leg {

    /**
     * {@code reorder}: a missing chunk counts as lost when more audio than this has come behind it.
     * 200 ms by default.
     */
    @WithDefault("PT0.2S")
    Duration reorder();

    /** {@code reorder-chunks}: and more chunks than this have come behind it. 3 by default. */
    @WithDefault("3")
    int reorderChunks();

    /**
     * {@code idle}: a leg that is silent for so long, counted in the time stamps of its partition,
     * is closed. Also the longest gap in a leg that is filled with silence. 30 s by default.
     */
    @WithDefault("PT30S")
    Duration idle();

    /**
     * {@code end-grace}: how long chunks that are missing before the last one of a leg are waited
     * for, counted likewise. 2 s by default.
     */
    @WithDefault("PT2S")
    Duration endGrace();

    /**
     * {@code remember}: how long a leg that is over is remembered, counted likewise, so that late
     * repeats do not open it again. 10 min by default.
     */
    @WithDefault("PT10M")
    Duration remember();

    /** {@code max-chunk}: longer chunks are refused. 10 s by default. */
    @WithDefault("PT10S")
    Duration maxChunk();
  }

  /** How windows share batches. */
  interface Batch {

    /** {@code size}: most windows in a batch. By default 2 on a CPU, 64 on a GPU. */
    OptionalInt size();

    /** {@code wait}: how long the first window of a batch waits for others. 10 ms by default. */
    @WithDefault("PT0.01S")
    @WithName("wait")
    Duration waitTime();

    /**
     * {@code threads}: batches that run at the same time. By default one a processor on a CPU, one
     * on a GPU.
     */
    OptionalInt threads();

    /**
     * {@code analysis-threads}: windows whose speech is looked for at the same time. By default
     * half the processors.
     */
    OptionalInt analysisThreads();
  }

  /** When to stop reading, and when to go on. Each window under way takes up to 200 kB. */
  interface Flow {

    /**
     * {@code high-water}: windows under way from which on no more audio is read. 256 by default.
     */
    @WithDefault("256")
    int highWater();

    /** {@code low-water}: windows under way at which reading goes on. 64 by default. */
    @WithDefault("64")
    int lowWater();
  }

  /** What an enrolment recording must be. */
  interface Enrollment {

    /**
     * {@code group-id}: beginning of the consumer group of {@code enrollments}; the model version
     * follows, so that a new model reads all of them. {@code voxtag-embedder-enrollments} by
     * default.
     */
    @WithDefault("voxtag-embedder-enrollments")
    String groupId();

    /** {@code min-net-speech}: less speech is refused. 1.5 s by default. */
    @WithDefault("PT1.5S")
    Duration minNetSpeech();

    /** {@code min-snr-db}: noisier recordings are refused, dB. 5 by default. */
    @WithDefault("5")
    double minSnrDb();

    /**
     * {@code several-speakers-below}: a recording is refused where its windows fall into two groups
     * whose voices have a lower cosine. By default what the model's bundle says of different
     * voices.
     */
    OptionalDouble severalSpeakersBelow();
  }

  /** How versions of the model replace each other, where {@code voxtag.models.store} is set. */
  interface Models {

    /**
     * {@code grace}: how long the version that was in service before stays loaded and goes on
     * taking enrolments, so that going back to it takes effect at once. 1 h by default.
     */
    @WithDefault("PT1H")
    Duration grace();

    /**
     * {@code upcoming}: most versions on their way into service that are loaded at the same time;
     * of more, the newest. 3 by default.
     */
    @WithDefault("3")
    int upcoming();

    /**
     * {@code background-share}: of one processor, what embedding all enrolments for versions that
     * are not in service gets at least while there are live windows, above 0 and at most 1. 0.1 by
     * default. While there are none it may take a whole one.
     */
    @WithDefault("0.1")
    double backgroundShare();
  }

  /** How live windows are embedded also under versions that are READY. */
  interface Shadow {

    /**
     * {@code share}: what part of the legs, from 0 to 1, is heard under these versions too, in the
     * background, so that matchers can compare. 0 for none, 0.1 by default. A window that the
     * background has no time for is left out.
     */
    @WithDefault("0.1")
    double share();
  }
}
