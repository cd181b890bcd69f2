package io.voxtag.console.live;

import java.util.List;

/**
 * A leg as the page sees it.
 *
 * @param channel the leg, from 0
 * @param streamId the run of it
 * @param ended whether its last tag has come
 * @param firstKept number of the oldest stretch that is still kept
 * @param modelVersion the model behind the last tag
 * @param latencyMs of the last tag, milliseconds
 * @param stretches all of them, or those that changed
 */
public record LegView(
    int channel,
    String streamId,
    boolean ended,
    int firstKept,
    String modelVersion,
    int latencyMs,
    List<Stretch> stretches) {}
