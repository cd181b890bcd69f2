package io.voxtag.console.live;

import java.util.List;

/**
 * A call as the page sees it.
 *
 * @param key names it on the page: call ids come again
 * @param callId its id
 * @param startedAt when its first sample was captured, milliseconds since the epoch
 * @param ended whether all its legs have ended
 * @param legs all of them, or those that changed
 */
public record CallView(
    String key, String callId, long startedAt, boolean ended, List<LegView> legs) {}
