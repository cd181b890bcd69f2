package io.voxtag.console.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A speaker as the page lists them.
 *
 * @param id the speaker
 * @param recordings that are enrolled or were refused
 * @param accepted those that are enrolled
 * @param problem why the last one that was refused was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SpeakerView(String id, int recordings, int accepted, @Nullable String problem) {}
