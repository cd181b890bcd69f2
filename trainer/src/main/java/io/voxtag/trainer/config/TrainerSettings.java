package io.voxtag.trainer.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the trainer works; the configuration keys begin with {@code voxtag.trainer}. */
@ConfigMapping(prefix = "voxtag.trainer")
public interface TrainerSettings {

  /** {@code enabled}: whether this process runs a trainer. True by default. */
  @WithDefault("true")
  boolean enabled();

  /**
   * {@code model}: bundle that is in service where {@code model-versions} names none yet. By
   * default what {@code voxtag.model} says, otherwise {@code models/starter}.
   */
  @WithDefault("${voxtag.model:models/starter}")
  Path model();

  /** {@code runs}: folder of the runs, with their checkpoints. {@code data/runs} by default. */
  @WithDefault("data/runs")
  Path runs();

  /**
   * {@code data}: folder that files in configurations must be in, for example of noise, and that
   * {@code judge.trials} begin at. {@code data/training} by default.
   */
  @WithDefault("data/training")
  Path data();

  /**
   * {@code devices}: where to train, {@code auto}, {@code cpu}, {@code gpu} or numbers of GPUs.
   * {@code auto} by default.
   */
  @WithDefault("auto")
  List<String> devices();

  /** {@code progress-interval}: time between events of progress. 5 s by default. */
  @WithDefault("PT5S")
  Duration progressInterval();

  /** {@code min-speakers}: to train on, at least 2. 2 by default. */
  @WithDefault("2")
  int minSpeakers();

  /** {@code min-utterances}: of them in all. 10 by default. */
  @WithDefault("10")
  int minUtterances();

  /**
   * {@code held-out}: share of the labelled speakers whom no run trains on and every model is
   * judged on, from 0 and below 1. 0.2 by default.
   */
  @WithDefault("0.2")
  double heldOut();

  /**
   * {@code false-alarms}: share of trials of two speakers that lie above the threshold of a new
   * model. 0.01 by default.
   */
  @WithDefault("0.01")
  double falseAlarms();

  /** Keys under {@code judge}. */
  JudgeKeys judge();

  /** Keys under {@code gate}. */
  GateKeys gate();

  /** Keys under {@code upgrade}. */
  UpgradeKeys upgrade();

  /** What a new model is compared with the one in service on. */
  interface JudgeKeys {

    /**
     * {@code trials}: fixed lists, each {@code TRIALS} or {@code TRIALS;ENROLMENTS}, separated by
     * commas. None by default.
     */
    Optional<List<String>> trials();

    /** {@code durations}: seconds of speech that recordings are also cut to. 3 by default. */
    @WithDefault("3")
    List<Double> durations();

    /** {@code replicates}: draws of the bootstrap. 1000 by default. */
    @WithDefault("1000")
    int replicates();

    /** {@code confidence}: of the intervals. 0.95 by default. */
    @WithDefault("0.95")
    double confidence();
  }

  /** What a new model must reach. */
  interface GateKeys {

    /**
     * {@code max-eer-increase}: by how much its equal error rate may be higher on any set of
     * trials. 0 by default; an increase that may be an accident does not count.
     */
    @WithDefault("0")
    double maxEerIncrease();

    /** {@code max-fpir-increase}: more strangers taken for somebody. 0.02 by default. */
    @WithDefault("0.02")
    double maxFpirIncrease();

    /**
     * {@code min-eer-decrease}: by how much its equal error rate must be lower on held-out
     * speakers, or on the mean of the fixed lists where there are none. 0 by default.
     */
    @WithDefault("0")
    double minEerDecrease();
  }

  /** How a new version comes into service. */
  interface UpgradeKeys {

    /**
     * {@code promote}: {@code auto} puts a model of this trainer into service once it is ready,
     * {@code manual} leaves that to {@code voxtag models promote}. {@code auto} by default.
     */
    @WithDefault("auto")
    Promotion promote();

    /**
     * {@code enrollment-group}: as {@code voxtag.embedder.enrollment.group-id}, to see how far
     * embedders are. {@code voxtag-embedder-enrollments} by default.
     */
    @WithDefault("voxtag-embedder-enrollments")
    String enrollmentGroup();

    /** {@code check-interval}: how often that is looked at. 1 s by default. */
    @WithDefault("PT1S")
    Duration checkInterval();

    /**
     * {@code signing-key}: PEM file of the Ed25519 key that new bundles are signed with. None by
     * default.
     */
    Optional<Path> signingKey();
  }

  /** Who puts a version that is ready into service. */
  enum Promotion {
    AUTO,
    MANUAL
  }
}
