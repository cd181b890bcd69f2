package io.voxtag.matcher.enrollment;

import io.voxtag.matcher.registry.RegistryFollower;
import io.voxtag.matcher.registry.RegistryWriter;
import io.voxtag.matcher.registry.SpeakerRegistry;

/**
 * The registry as enrolment uses it.
 *
 * @param writer changes it
 * @param reader looks into it
 * @param follower has the voiceprints of the model in service in memory
 */
public record Registry(RegistryWriter writer, SpeakerRegistry reader, RegistryFollower follower) {}
