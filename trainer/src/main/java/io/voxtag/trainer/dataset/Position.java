package io.voxtag.trainer.dataset;

/**
 * How far a partition was read.
 *
 * @param topic its topic
 * @param partition its number
 * @param nextOffset offset of the first record that was not read
 */
record Position(String topic, int partition, long nextOffset) {}
