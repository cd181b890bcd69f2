package io.voxtag.matcher.shadow;

import io.voxtag.schemas.event.TagState;
import org.jspecify.annotations.Nullable;

/**
 * What a model version says of a window.
 *
 * @param model the version
 * @param speaker who is recognised, or the name of an unknown voice; null without a voice
 */
record Statement(String model, TagState state, @Nullable String speaker) {}
