package io.voxtag.matcher.enrollment;

import io.voxtag.matcher.registry.RegistryWriter;
import io.voxtag.matcher.registry.SpeakerRegistry;

/**
 * The registry as enrolment uses it.
 *
 * @param writer changes it
 * @param reader looks into it
 */
public record Registry(RegistryWriter writer, SpeakerRegistry reader) {}
