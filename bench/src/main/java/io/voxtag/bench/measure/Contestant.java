package io.voxtag.bench.measure;

/**
 * Something that is timed.
 *
 * @param name for the table
 * @param unitsPerCall how many results a call gives, for example the windows of a batch
 * @param call the work; called by several threads at once where several workers are asked for
 */
public record Contestant(String name, int unitsPerCall, Runnable call) {}
