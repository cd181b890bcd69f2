package io.voxtag.console.feed;

/**
 * Something that changed on the page.
 *
 * @param event its kind: tag, speaker, models or run
 * @param data what it is now, to be written as JSON
 */
public record Update(String event, Object data) {}
