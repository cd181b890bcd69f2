package io.voxtag.standalone.client;

import io.voxtag.schemas.event.AudioClip;

/**
 * A recording as it is published.
 *
 * @param utteranceId name of the recording among those of its speaker; the same audio has the same
 * @param audio the recording, at most 60 s
 */
public record Clip(String utteranceId, AudioClip audio) {}
