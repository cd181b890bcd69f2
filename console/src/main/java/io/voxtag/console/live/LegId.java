package io.voxtag.console.live;

/**
 * One run of a leg.
 *
 * @param callId the call
 * @param channel the leg, from 0
 * @param streamId the run of it: a later call with the same id has another
 */
public record LegId(String callId, int channel, String streamId) {}
