package io.voxtag.trainer.dataset;

/**
 * How much can be trained on.
 *
 * @param bytes of all recordings, each counted once
 * @param speakers who have at least one
 * @param utterances recordings
 */
public record DatasetSize(long bytes, long speakers, long utterances) {}
