package io.voxtag.matcher.registry;

import java.time.Instant;

/**
 * A speaker of the registry, under one model version.
 *
 * @param speakerId the speaker
 * @param utterances how many recordings were accepted
 * @param consentBasis the ground named with the newest of them
 * @param firstRequestedAt when the oldest of them was asked to be enrolled
 * @param lastRequestedAt when the newest was
 */
public record EnrolledSpeaker(
    String speakerId,
    int utterances,
    String consentBasis,
    Instant firstRequestedAt,
    Instant lastRequestedAt) {}
