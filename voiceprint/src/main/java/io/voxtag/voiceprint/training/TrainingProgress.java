package io.voxtag.voiceprint.training;

/**
 * How far a run is; means are over the steps since the last report.
 *
 * @param step batches done
 * @param steps batches in all
 * @param loss mean loss
 * @param accuracy share of samples whose own class had the largest cosine, from 0 to 1
 * @param learningRate of the last step
 * @param margin of the last step, radians
 * @param samplesPerSecond crops a second, all included
 * @param secondsLeft at that rate
 */
public record TrainingProgress(
    long step,
    long steps,
    double loss,
    double accuracy,
    double learningRate,
    double margin,
    double samplesPerSecond,
    long secondsLeft) {}
