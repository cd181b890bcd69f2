package io.voxtag.voiceprint.training.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data. Paths are relative to the folder that the run is given.
 *
 * @param trainList file of {@code path<TAB>speaker}
 * @param testList file of {@code path<TAB>speaker} whose pairs tell the error rate after each
 *     epoch; null for none
 * @param enrollList with {@code trialsList}: recordings that make up the voices
 * @param trialsList with {@code enrollList}: recordings that are compared with all of them
 * @param noiseDir folder of noise recordings; null for none
 * @param batchSize crops in a batch
 * @param dropLast whether an epoch ends before a batch that is not full
 * @param chunkDuration length of a crop, s
 * @param cropChoices crops that are drawn for each that is used, the loudest; above 1 keeps crops
 *     of recordings with long pauses from being empty
 * @param minDuration shorter files are left out, s
 * @param sampleRate Hz; 16000
 * @param useDbNormalization whether crops are brought to one level before their features
 * @param targetDb that level, dB of full scale
 * @param doVad whether what is not speech is cut out of the recordings
 * @param numSpeakers speakers that the training list must name; null for any number
 * @param isUsePksampler whether a batch has the same number of crops of each of its speakers
 * @param samplePerId that number
 * @param evalConf how test recordings are embedded
 * @param speeds factors of tempo and pitch; each but 1 makes new speakers
 * @param samplerWeights by the start of a path, share of crops that come from there; what matches
 *     none is not used; empty takes every recording once an epoch
 * @param attribution licences of the data, and the names that they ask to be given; they go into
 *     the model
 */
public record DatasetConf(
    String trainList,
    @Nullable String testList,
    @Nullable String enrollList,
    @Nullable String trialsList,
    @Nullable String noiseDir,
    int batchSize,
    boolean dropLast,
    double chunkDuration,
    int cropChoices,
    double minDuration,
    int sampleRate,
    @JsonProperty("use_dB_normalization") boolean useDbNormalization,
    @JsonProperty("target_dB") double targetDb,
    boolean doVad,
    @Nullable Integer numSpeakers,
    boolean isUsePksampler,
    int samplePerId,
    EvalConf evalConf,
    List<Double> speeds,
    Map<String, Double> samplerWeights,
    List<String> attribution) {

  /**
   * How test recordings are embedded.
   *
   * @param batchSize recordings in a batch
   * @param maxDuration what is used of a recording, s
   */
  public record EvalConf(int batchSize, double maxDuration) {
    public EvalConf {
      Check.range("dataset_conf.eval_conf.batch_size", batchSize, 1, 4096, "");
      Check.range("dataset_conf.eval_conf.max_duration", maxDuration, 0.5, 600, " s");
    }
  }

  public DatasetConf {
    Check.range("dataset_conf.batch_size", batchSize, 2, 1 << 16, "");
    Check.range("dataset_conf.chunk_duration", chunkDuration, 0.2, 60, " s");
    Check.range("dataset_conf.crop_choices", cropChoices, 1, 20, "");
    Check.range("dataset_conf.min_duration", minDuration, 0, 60, " s");
    Check.that(sampleRate == 16000, "dataset_conf.sample_rate", sampleRate, "16000");
    Check.range("dataset_conf.target_dB", targetDb, -60, 0, " dB");
    Check.that(
        numSpeakers == null || numSpeakers >= 2,
        "dataset_conf.num_speakers",
        numSpeakers,
        "at least 2");
    Check.range("dataset_conf.sample_per_id", samplePerId, 1, batchSize, ", the batch_size");
    Check.that(
        !isUsePksampler || batchSize % samplePerId == 0,
        "dataset_conf.batch_size",
        batchSize,
        "a multiple of sample_per_id, " + samplePerId);
    Check.that(
        (enrollList == null) == (trialsList == null),
        "dataset_conf.trials_list",
        trialsList,
        "given together with enroll_list");
    Check.that(
        testList == null || trialsList == null,
        "dataset_conf.test_list",
        testList,
        "missing where enroll_list and trials_list are given");
    speeds = List.copyOf(speeds);
    Check.that(!speeds.isEmpty(), "dataset_conf.speeds", speeds, "a list with at least one factor");
    for (double speed : speeds) {
      Check.range("dataset_conf.speeds", speed, 0.5, 2, "");
    }
    samplerWeights = samplerWeights == null ? Map.of() : samplerWeights;
    samplerWeights.forEach(
        (start, weight) ->
            Check.that(weight > 0, "dataset_conf.sampler_weights." + start, weight, "positive"));
    Check.that(
        !isUsePksampler || samplerWeights.isEmpty(),
        "dataset_conf.is_use_pksampler",
        true,
        "false where there are sampler_weights");
    attribution = attribution == null ? List.of() : List.copyOf(attribution);
  }
}
