package io.voxtag.voiceprint.training;

/**
 * How far a run is; means are over the steps since the last report.
 *
 * @param epoch present one, from 1
 * @param step batches done
 * @param steps batches in all
 * @param loss mean loss
 * @param accuracy share of samples whose own class had the highest score, from 0 to 1
 * @param learningRate of the last step
 * @param margin of the last step
 * @param samplesPerSecond crops a second, all included
 * @param waiting share of the time in which no batch was ready, from 0 to 1
 * @param secondsLeft at that rate
 */
public record TrainingProgress(
    long epoch,
    long step,
    long steps,
    double loss,
    double accuracy,
    double learningRate,
    double margin,
    double samplesPerSecond,
    double waiting,
    long secondsLeft) {}
